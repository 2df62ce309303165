//! The measure `latency`: the time of messages from end to end.

use std::time::Duration;

use super::{MeasureForm, Measured};
use crate::assertion::{Window, assertion};
use crate::check::Scope;
use crate::model::EndpointName;
use crate::value::{Reference, Time};

/// The time of messages from the call that sends them to the call that receives them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Latency {
    /// The sender.
    pub from: EndpointName,
    /// The receiver.
    pub to: EndpointName,
    /// Limit beyond which a message is late; `None` for no limit.
    pub late: Option<Duration>,
    /// Part of the run.
    pub window: Window,
}

assertion! {
    /// The time of messages, in seconds, from the call that sent them to the call that
    /// received them: `NAME.median`, `NAME.p95`, `NAME.p99`, `NAME.longest`; and
    /// `NAME.late`, the number of messages that took longer than `late`, or never came.
    struct LatencyForm = "{from: client, to: server, late: 300ms}" {
        required {
            /// The sender.
            from: Reference,
            /// The receiver.
            to: Reference,
        }
        optional {
            /// Limit beyond which a message is late; no limit if left out.
            late: Time,
        }
    }
    shares {window}
}

impl MeasureForm for LatencyForm {
    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Measured> {
        let ends = scope.two_sockets(&self.from, &self.to);
        let window = self.window(scope);
        let late = self.late.check(|time| Some(time.value.0));
        let (from, to) = ends?;
        Some(Measured::Latency(Latency {
            from,
            to,
            late: late?,
            window: window?,
        }))
    }
}
