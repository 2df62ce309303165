use super::{EndpointName, LinkName, NodeName, NotificationPattern, StepName};

/// Something that must be true of the whole recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assertion {
    /// Given by `as:`; else the kind, numbered where it occurs more than once.
    pub name: StepName,
    /// The line in the scenario file, from 1.
    pub line: usize,
    /// What must be true.
    pub check: Check,
}

/// What an assertion looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant is documented at its type")]
pub enum Check {
    Delivered(Delivered),
    Chunks(ChunkCount),
    Notifications(NotificationCount),
}

/// How many of the messages that one endpoint sent another received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivered {
    /// The sender.
    pub from: EndpointName,
    /// The receiver.
    pub to: EndpointName,
    /// How many were sent and never received.
    pub lost: Count,
    /// How many were received more than once.
    pub duplicated: Count,
    /// How many were sent at all.
    pub sent: Option<Count>,
}

/// How many chunks left a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChunkCount {
    /// Their type: the RFC's name in lower case with dashes (`heartbeat-ack`).
    pub chunk: String,
    /// The node that sent them; `None` is any.
    pub from: Option<NodeName>,
    /// The link they left on; `None` is any.
    pub on: Option<LinkName>,
    /// Whether only first transmissions of a TSN count (DATA, I-DATA).
    pub new_only: bool,
    /// When.
    pub window: Window,
    /// How many.
    pub count: Count,
}

/// How many notifications an endpoint received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotificationCount {
    /// The endpoint.
    pub at: EndpointName,
    /// Which.
    pub pattern: NotificationPattern,
    /// When.
    pub window: Window,
    /// How many.
    pub count: Count,
}

/// A part of the run between two steps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// From the end of this step; `None` is from the start of the run.
    pub after: Option<StepName>,
    /// To the start of this step, or to the moment at which this expectation
    /// is satisfied; `None` is to the end of the run.
    pub before: Option<StepName>,
}

/// A number with bounds, both inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// At least.
    pub least: u64,
    /// At most; `None` is any number.
    pub most: Option<u64>,
}

impl Count {
    /// Exactly `n`.
    #[must_use]
    pub fn exactly(n: u64) -> Self {
        Self {
            least: n,
            most: Some(n),
        }
    }

    /// Whether `n` is within.
    #[must_use]
    pub fn allows(self, n: u64) -> bool {
        n >= self.least && self.most.is_none_or(|most| n <= most)
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.least, self.most) {
            (least, Some(most)) if least == most => write!(f, "{least}"),
            (0, Some(most)) => write!(f, "at most {most}"),
            (least, Some(most)) => write!(f, "{least} to {most}"),
            (least, None) => write!(f, "at least {least}"),
        }
    }
}
