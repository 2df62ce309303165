//! The assertion `latency`: a limit on the time of each message.

use std::fmt;
use std::time::Duration;

use rules::spoken;

use super::form::assertion;
use super::{AssertionForm, Check, Window};
use crate::check::Scope;
use crate::model::EndpointName;
use crate::value::{Reference, Time};

/// Limit of the time of each message from the call that sends it to the call that receives
/// it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LatencyLimit {
    /// The sender.
    pub from: EndpointName,
    /// The receiver.
    pub to: EndpointName,
    /// Greatest time of a message.
    pub most: Duration,
    /// Part of the run in which the messages were sent.
    pub window: Window,
}

impl fmt::Display for LatencyLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, to, most) = (&self.from, &self.to, spoken(self.most));
        write!(
            f,
            "at most {most} from {from} to {to} for each message{}",
            self.window
        )
    }
}

assertion! {
    /// Each message that one endpoint sent another arrived within this time, from the call
    /// that sent it to the call that received it. There is at least one such message.
    struct LatencyLimitForm = "{from: client, to: server, at-most: 2s}" {
        required {
            /// The sender.
            from: Reference,
            /// The receiver.
            to: Reference,
            /// The longest time of a message.
            at_most: Time,
        }
        optional {}
    }
    shares {window}
}

impl AssertionForm for LatencyLimitForm {
    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Check> {
        let ends = scope.sender_and_receiver(&self.from, &self.to);
        let window = self.window(scope);
        let most = self.at_most.get()?.0;
        let (from, to) = ends?;
        Some(Check::Latency(LatencyLimit {
            from,
            to,
            most,
            window: window?,
        }))
    }
}
