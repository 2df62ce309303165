use std::time::Duration;

use super::{MeasureForm, Measured};
use crate::assertion::{Window, assertion};
use crate::check::Scope;
use crate::model::EndpointName;
use crate::value::{Reference, Time};

/// How long messages take from the call that sends them to the call that receives them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Latency {
    /// The sender.
    pub from: EndpointName,
    /// The receiver.
    pub to: EndpointName,
    /// A message that takes longer is late; `None` counts none.
    pub late: Option<Duration>,
    /// When.
    pub window: Window,
}

assertion! {
    /// How long, in seconds, messages took from the call that sent them to the call that
    /// received them: `NAME.median`, `NAME.p95`, `NAME.p99`, `NAME.longest`; and
    /// `NAME.late`, how many took longer than `late`, or never came.
    struct LatencyForm = "{from: client, to: server, late: 300ms}" {
        required {
            /// The sender.
            from: Reference,
            /// The receiver.
            to: Reference,
        }
        optional {
            /// A message that takes longer than this is late; none is if left out.
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
