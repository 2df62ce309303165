use std::net::SocketAddr;
use std::num::NonZeroU64;
use std::time::Duration;

use super::{EndpointName, Expect, LinkName, NodeName, StepName};

/// What a step does.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "each variant is documented at its type")]
pub enum Action {
    Connect(Connect),
    Send(Send),
    Traffic(Traffic),
    Stop(Stop),
    Expect(Expect),
    Wait(Wait),
    Cut(Cut),
    Restore(Restore),
    LinkDown(LinkDown),
    LinkUp(LinkUp),
    AddRule(AddRule),
    RemoveRule(RemoveRule),
    Close(Close),
    Abort(Abort),
}

impl Action {
    /// The key of this step in a scenario file.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Action::Connect(_) => "connect",
            Action::Send(_) => "send",
            Action::Traffic(_) => "traffic",
            Action::Stop(_) => "stop",
            Action::Expect(_) => "expect",
            Action::Wait(_) => "wait",
            Action::Cut(_) => "cut",
            Action::Restore(_) => "restore",
            Action::LinkDown(_) => "link-down",
            Action::LinkUp(_) => "link-up",
            Action::AddRule(_) => "rule",
            Action::RemoveRule(_) => "remove-rule",
            Action::Close(_) => "close",
            Action::Abort(_) => "abort",
        }
    }

    /// Whether the step may make frames vanish.
    #[must_use]
    pub fn is_fault(&self) -> bool {
        matches!(
            self,
            Action::Cut(_) | Action::LinkDown(_) | Action::AddRule(_)
        )
    }

    /// Whether the step changes something, so that expectations after it
    /// count their time from it. Waiting and looking change nothing.
    #[must_use]
    pub fn acts(&self) -> bool {
        !matches!(self, Action::Expect(_) | Action::Wait(_))
    }
}

/// Sets an association up. Does not wait for it: an expectation does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connect {
    /// The endpoint that sends INIT.
    pub from: EndpointName,
    /// The endpoint that is called.
    pub to: EndpointName,
    /// The transport addresses handed to `sctp_connectx`, the first being
    /// the primary path. Never empty.
    pub addresses: Vec<SocketAddr>,
}

/// Sends messages once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Send {
    /// The endpoint that sends.
    pub from: EndpointName,
    /// The endpoint it sends to, over their association.
    pub to: EndpointName,
    /// How many messages.
    pub count: u64,
    /// The length of each in bytes.
    pub size: usize,
    /// The stream.
    pub stream: u16,
    /// The payload protocol identifier, as it shall stand on the wire.
    pub ppid: u32,
    /// Whether each is sent with the U bit.
    pub unordered: bool,
}

/// Starts a steady stream of numbered messages. Ends by [`Stop`], or with
/// the scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Traffic {
    /// What [`Stop`] calls it.
    pub name: StepName,
    /// The endpoint that sends.
    pub from: EndpointName,
    /// The endpoint it sends to, over their association.
    pub to: EndpointName,
    /// The time between two messages; the first is sent at once.
    pub every: Duration,
    /// The length of each in bytes.
    pub size: usize,
    /// The stream.
    pub stream: u16,
    /// The payload protocol identifier, as it shall stand on the wire.
    pub ppid: u32,
}

/// Ends a [`Traffic`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// The name of the traffic.
    pub traffic: StepName,
}

/// Lets protocol time go by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wait {
    /// How much.
    pub duration: Duration,
}

/// Makes a link swallow every frame, silently: neither end loses carrier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The link.
    pub link: LinkName,
    /// Only frames from this node; `None` is both directions.
    pub from: Option<NodeName>,
}

/// Undoes a [`Cut`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restore {
    /// The link.
    pub link: LinkName,
}

/// Pulls the cable: the node sees its carrier go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkDown {
    /// The link.
    pub link: LinkName,
    /// Only at this node; `None` is both ends.
    pub node: Option<NodeName>,
}

/// Plugs the cable in again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkUp {
    /// The link.
    pub link: LinkName,
    /// Only at this node; `None` is both ends.
    pub node: Option<NodeName>,
}

/// Puts a rule into the fabric, after those that are there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddRule {
    /// What [`RemoveRule`] calls it, and what the recording shows.
    pub name: StepName,
    /// Only frames on this link.
    pub on: Option<LinkName>,
    /// Only frames from this node.
    pub from: Option<NodeName>,
    /// Only packets that carry a chunk of this type, bundled or alone: the
    /// RFC's name in lower case with dashes (`cookie-echo`).
    pub chunk: Option<String>,
    /// Which of the frames that match so far.
    pub nth: Nth,
    /// What becomes of them.
    pub verdict: RuleVerdict,
}

/// Which of the frames that match a rule it takes, counting from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nth {
    /// All of them.
    Every,
    /// Only the nth.
    Only(NonZeroU64),
    /// Every nth.
    EachNth(NonZeroU64),
    /// The first n.
    First(NonZeroU64),
}

/// What a rule does with a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleVerdict {
    /// Forward it; later rules do not see it.
    Pass,
    /// Swallow it.
    Drop,
}

/// Takes a rule out again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoveRule {
    /// The name of the rule.
    pub rule: StepName,
}

/// Ends gracefully: SHUTDOWN (RFC 9260 section 9.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Close {
    /// The endpoint whose associations end.
    pub endpoint: EndpointName,
}

/// Ends at once: ABORT (RFC 9260 section 9.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Abort {
    /// The endpoint whose associations end.
    pub endpoint: EndpointName,
}
