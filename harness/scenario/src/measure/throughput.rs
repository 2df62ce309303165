//! The measure `throughput`: user data per second.

use super::{MeasureForm, Measured};
use crate::assertion::{Window, assertion};
use crate::check::Scope;
use crate::model::EndpointName;
use crate::value::Reference;

/// User data received per second.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Throughput {
    /// The sender.
    pub from: EndpointName,
    /// The receiver.
    pub to: EndpointName,
    /// Part of the run.
    pub window: Window,
}

assertion! {
    /// The user data, in bits a second, that an endpoint received from another, between
    /// the first and the last message of the window.
    struct ThroughputForm = "{from: client, to: server}" {
        required {
            /// The sender.
            from: Reference,
            /// The receiver.
            to: Reference,
        }
    }
    shares {window}
}

impl MeasureForm for ThroughputForm {
    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Measured> {
        let ends = scope.two_sockets(&self.from, &self.to);
        let window = self.window(scope);
        let (from, to) = ends?;
        Some(Measured::Throughput(Throughput {
            from,
            to,
            window: window?,
        }))
    }
}
