//! The measure `bytes`: what a node sent on the wire.

use super::{MeasureForm, Measured};
use crate::assertion::{Window, assertion};
use crate::check::Scope;
use crate::model::{LinkName, NodeName};
use crate::value::Reference;

/// Bytes of SCTP packets that a node sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BytesOnWire {
    /// The node that sends.
    pub from: NodeName,
    /// The link; `None` for all links.
    pub on: Option<LinkName>,
    /// Part of the run.
    pub window: Window,
}

assertion! {
    /// Number of bytes of SCTP packets that a node sent, with the common headers and
    /// without those of IP.
    struct BytesForm = "{from: client, on: path-b}" {
        required {
            /// The node that sends.
            from: Reference,
        }
        optional {
            /// The link; all of them if left out.
            on: Reference,
        }
    }
    shares {window}
}

impl MeasureForm for BytesForm {
    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Measured> {
        let sender = scope.sender(&self.from, &self.on);
        let window = self.window(scope);
        let (from, on) = sender?;
        Some(Measured::Bytes(BytesOnWire {
            from,
            on,
            window: window?,
        }))
    }
}
