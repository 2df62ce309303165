//! The actions of steps. Each kind has a file with its checked value, and with its words
//! on the screen and in recordings.

mod abort;
mod add_address;
mod add_interface_address;
mod add_policy_route;
mod add_route;
mod answer;
mod await_packet;
mod call;
mod close;
mod connect;
mod cut;
mod delete_address;
mod emit;
mod get;
mod heartbeat;
mod icmp;
mod kill;
mod link_down;
mod link_up;
mod open;
mod pause_reading;
mod peel_off;
mod power_cut;
mod probe;
mod remove_interface_address;
mod remove_route;
mod remove_rule;
mod restore;
mod resume_reading;
mod rule;
mod rule_action;
mod rule_match;
mod send;
mod send_attributes;
mod send_signal;
mod set;
mod set_path;
mod set_peer_primary;
mod set_primary;
mod set_sysctl;
mod set_up;
mod shutdown;
mod start;
mod stop;
mod traffic;
mod wait;

use std::fmt;

use super::Expect;

pub use abort::Abort;
pub use add_address::AddAddress;
pub use add_interface_address::AddInterfaceAddress;
pub use add_policy_route::AddPolicyRoute;
pub use add_route::AddRoute;
pub use answer::Answer;
pub use await_packet::{Await, Carrier, ChunkWanted, FieldOfChunk, PacketWanted, Silence, Skip};
pub use call::{Call, Function};
pub use close::{Close, Closing};
pub use connect::Connect;
pub use cut::Cut;
pub use delete_address::DeleteAddress;
pub use emit::{Binding, Bound, Emit, EmitHeader};
pub use get::Get;
pub use heartbeat::Heartbeat;
pub use icmp::{IcmpKind, IcmpSaid, IcmpWord};
pub use kill::Kill;
pub use link_down::LinkDown;
pub use link_up::LinkUp;
pub use open::Open;
pub use pause_reading::PauseReading;
pub use peel_off::PeelOff;
pub use power_cut::PowerCut;
pub use probe::{Liveness, Probe};
pub use remove_interface_address::RemoveInterfaceAddress;
pub use remove_route::RemoveRoute;
pub use remove_rule::RemoveRule;
pub use restore::Restore;
pub use resume_reading::ResumeReading;
pub use rule::{AddRule, Nth};
pub use rule_action::RuleAction;
pub use rule_match::{Protocol, RuleMatch};
pub use send::Send;
pub use send_attributes::{Ancillary, End, SendAttributes};
pub use send_signal::SendSignal;
pub use set::Set;
pub use set_path::{HeartbeatSetting, SetPath};
pub use set_peer_primary::SetPeerPrimary;
pub use set_primary::SetPrimary;
pub use set_sysctl::SetSysctl;
pub use set_up::{PeerState, SetUp};
pub use shutdown::Shutdown;
pub use start::Start;
pub use stop::Stop;
pub use traffic::Traffic;
pub use wait::Wait;

macro_rules! actions {
    ($($action:ident = $word:literal,)+) => {
        /// The action of a step.
        #[derive(Clone, Debug, PartialEq)]
        #[allow(missing_docs, reason = "each variant is documented at its type")]
        pub enum Action {
            $($action($action),)+
        }

        impl Action {
            /// The key of this step in a scenario file.
            #[must_use]
            pub fn kind(&self) -> &'static str {
                match self {
                    $(Action::$action(_) => $word,)+
                }
            }
        }

        impl fmt::Display for Action {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Action::$action(it) => it.fmt(f),)+
                }
            }
        }
    };
}

actions! {
    Connect = "connect",
    Send = "send",
    Set = "set",
    Get = "get",
    Traffic = "traffic",
    Stop = "stop",
    Expect = "expect",
    Wait = "wait",
    Cut = "cut",
    Restore = "restore",
    LinkDown = "link-down",
    LinkUp = "link-up",
    AddRule = "rule",
    RemoveRule = "remove-rule",
    Heartbeat = "heartbeat",
    SetPath = "set-path",
    SetPrimary = "set-primary",
    SetPeerPrimary = "set-peer-primary",
    SetSysctl = "set-sysctl",
    AddAddress = "add-address",
    DeleteAddress = "delete-address",
    AddInterfaceAddress = "add-interface-address",
    RemoveInterfaceAddress = "remove-interface-address",
    AddRoute = "add-route",
    RemoveRoute = "remove-route",
    AddPolicyRoute = "add-policy-route",
    Close = "close",
    Abort = "abort",
    Call = "call",
    Shutdown = "shutdown",
    PeelOff = "peeloff",
    PauseReading = "pause-reading",
    ResumeReading = "resume-reading",
    Kill = "kill",
    PowerCut = "power-cut",
    Open = "open",
    Start = "start",
    SendSignal = "signal",
    Emit = "emit",
    Await = "await",
    Silence = "silence",
    Answer = "answer",
    SetUp = "set-up",
    Probe = "probe",
}

impl Action {
    /// Whether the step can make frames vanish.
    #[must_use]
    pub fn is_fault(&self) -> bool {
        matches!(
            self,
            Action::Cut(_) | Action::LinkDown(_) | Action::AddRule(_) | Action::PowerCut(_)
        )
    }

    /// Whether the step changes something, so that later expectations count their time
    /// from it. Waiting and observing change nothing.
    #[must_use]
    pub fn acts(&self) -> bool {
        !matches!(
            self,
            Action::Expect(_)
                | Action::Wait(_)
                | Action::Get(_)
                | Action::Await(_)
                | Action::Silence(_)
        )
    }

    /// Whether the step is an expectation.
    #[must_use]
    pub fn expects(&self) -> bool {
        matches!(
            self,
            Action::Expect(_) | Action::Await(_) | Action::Silence(_) | Action::Probe(_)
        )
    }
}
