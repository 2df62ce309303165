//! The kinds of steps.
//!
//! Each kind has a file with its checked value, its words on the screen, its form and its
//! checks; and a line in the table below.

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
mod expect;
mod expect_program;
mod form;
mod get;
mod heartbeat;
mod icmp;
mod kill;
mod link_down;
mod link_up;
mod open;
mod pause_reading;
mod peeloff;
mod power_cut;
mod probe;
mod remove_interface_address;
mod remove_route;
mod remove_rule;
mod restore;
mod resume_reading;
mod rule;
mod script;
mod send;
mod send_attributes;
mod sequence;
mod set;
mod set_mtu;
mod set_path;
mod set_peer_primary;
mod set_primary;
mod set_sysctl;
mod set_up;
mod shutdown;
mod signal;
mod silence;
mod start;
mod stop;
mod traffic;
mod wait;

use std::fmt;

use crate::model::{Expect, StepName};
use crate::read::{Kind, OneOf, Shortly};
use crate::value::Listed;

pub(crate) use form::StepForm;
pub(crate) use rule::RuleActions;
pub(crate) use script::is_default;
pub(crate) use sequence::{check_steps, name_steps};

pub use abort::Abort;
pub use add_address::AddAddress;
pub use add_interface_address::AddInterfaceAddress;
pub use add_policy_route::AddPolicyRoute;
pub use add_route::AddRoute;
pub use answer::Answer;
pub use await_packet::Await;
pub use call::{Call, Function};
pub use close::{Close, Closing};
pub use connect::Connect;
pub use cut::Cut;
pub use delete_address::DeleteAddress;
pub use emit::{Emit, EmitHeader};
pub use get::Get;
pub use heartbeat::Heartbeat;
pub use icmp::{IcmpKind, IcmpSaid, IcmpWord};
pub use kill::Kill;
pub use link_down::LinkDown;
pub use link_up::LinkUp;
pub use open::Open;
pub use pause_reading::PauseReading;
pub use peeloff::PeelOff;
pub use power_cut::PowerCut;
pub use probe::{Liveness, Probe};
pub use remove_interface_address::RemoveInterfaceAddress;
pub use remove_route::RemoveRoute;
pub use remove_rule::RemoveRule;
pub use restore::Restore;
pub use resume_reading::ResumeReading;
pub use rule::AddRule;
pub use send::Send;
pub use send_attributes::{Ancillary, End, SendAttributes};
pub use set::Set;
pub use set_mtu::SetMtu;
pub use set_path::SetPath;
pub use set_peer_primary::SetPeerPrimary;
pub use set_primary::SetPrimary;
pub use set_sysctl::SetSysctl;
pub use set_up::{PeerState, SetUp};
pub use shutdown::Shutdown;
pub use signal::SendSignal;
pub use silence::Silence;
pub use start::Start;
pub use stop::Stop;
pub use traffic::Traffic;
pub use wait::Wait;

/// One thing that a scenario does, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Name given by `as:`; else the step's kind, with a number if the kind occurs more
    /// than once (`cut`, `expect-2`).
    pub name: StepName,
    /// The line in the scenario file, from 1.
    pub line: usize,
    /// Words for learners before the step; may be empty.
    pub say: String,
    /// What it does.
    pub action: Action,
    /// Name of the error that the step's call must return, for kinds whose action does
    /// not contain it.
    pub error: Option<String>,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.action.fmt(f)?;
        match &self.error {
            Some(error) => write!(f, ", refused with {error}"),
            None => Ok(()),
        }
    }
}

/// One row for each kind: its key in a scenario, its form, and its checked value.
macro_rules! kinds_of_step {
    ($($word:literal => $form:ty => $action:ident,)+) => {
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

        /// The table of all kinds of step.
        pub(crate) struct StepKinds;

        impl OneOf for StepKinds {
            const WHAT: &'static str = "step";
            const SAYS: Option<&'static str> =
                Some("What `sctp-lab explain` says before this step.");
            type Form = dyn StepForm;

            fn kinds() -> &'static [Kind<dyn StepForm>] {
                crate::read::kinds! { $($word => $form,)+ }
            }
        }
    };
}

kinds_of_step! {
    "connect" => connect::ConnectForm => Connect,
    "send" => send::SendForm => Send,
    "set" => set::SetForm => Set,
    "get" => get::GetForm => Get,
    "traffic" => traffic::TrafficForm => Traffic,
    "stop" => stop::StopForm => Stop,
    "expect" => expect::ExpectForm => Expect,
    "wait" => wait::WaitForm => Wait,
    "cut" => cut::CutForm => Cut,
    "restore" => restore::RestoreForm => Restore,
    "link-down" => link_down::LinkDownForm => LinkDown,
    "link-up" => link_up::LinkUpForm => LinkUp,
    "set-mtu" => set_mtu::SetMtuForm => SetMtu,
    "rule" => rule::RuleForm => AddRule,
    "remove-rule" => remove_rule::RemoveRuleForm => RemoveRule,
    "heartbeat" => heartbeat::HeartbeatForm => Heartbeat,
    "set-path" => set_path::SetPathForm => SetPath,
    "set-primary" => set_primary::SetPrimaryForm => SetPrimary,
    "set-peer-primary" => set_peer_primary::SetPeerPrimaryForm => SetPeerPrimary,
    "add-address" => add_address::AddAddressForm => AddAddress,
    "delete-address" => delete_address::DeleteAddressForm => DeleteAddress,
    "add-interface-address" => add_interface_address::AddInterfaceAddressForm => AddInterfaceAddress,
    "remove-interface-address" => remove_interface_address::RemoveInterfaceAddressForm => RemoveInterfaceAddress,
    "add-route" => add_route::AddRouteForm => AddRoute,
    "remove-route" => remove_route::RemoveRouteForm => RemoveRoute,
    "add-policy-route" => add_policy_route::AddPolicyRouteForm => AddPolicyRoute,
    "set-sysctl" => set_sysctl::SetSysctlForm => SetSysctl,
    "close" => Shortly<close::CloseForm> => Close,
    "abort" => Shortly<abort::AbortForm> => Abort,
    "call" => call::CallForm => Call,
    "shutdown" => Shortly<shutdown::ShutdownForm> => Shutdown,
    "peeloff" => peeloff::PeelOffForm => PeelOff,
    "pause-reading" => pause_reading::PauseReadingForm => PauseReading,
    "resume-reading" => resume_reading::ResumeReadingForm => ResumeReading,
    "kill" => kill::KillForm => Kill,
    "power-cut" => power_cut::PowerCutForm => PowerCut,
    "open" => open::OpenForm => Open,
    "start" => start::StartForm => Start,
    "signal" => signal::SignalForm => SendSignal,
    "emit" => Listed<emit::EmitForm> => Emit,
    "await" => Listed<await_packet::AwaitForm> => Await,
    "silence" => Shortly<silence::SilenceForm> => Silence,
    "answer" => Listed<answer::AnswerForm> => Answer,
    "set-up" => Shortly<set_up::SetUpForm> => SetUp,
    "probe" => Shortly<probe::ProbeForm> => Probe,
}

impl Action {
    /// Whether the step can make frames vanish.
    #[must_use]
    pub fn is_fault(&self) -> bool {
        matches!(
            self,
            Action::Cut(_)
                | Action::LinkDown(_)
                | Action::SetMtu(_)
                | Action::AddRule(_)
                | Action::PowerCut(_)
        )
    }

    /// Whether the step changes something, so that later expectations count their time
    /// from the step. Waiting and observing change nothing.
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
