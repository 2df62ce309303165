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
    /// The link; `None` is all of them.
    pub on: Option<LinkName>,
    /// When.
    pub window: Window,
}

assertion! {
    /// How many bytes of SCTP packets, with their common headers and without IP's, a node
    /// sent.
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
