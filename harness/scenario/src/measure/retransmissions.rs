//! The measure `retransmissions`: DATA that was sent again.

use super::{MeasureForm, Measured};
use crate::assertion::{Window, assertion};
use crate::check::Scope;
use crate::model::{LinkName, NodeName};
use crate::value::Reference;

/// DATA that a node retransmitted, and how much of it was spurious.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retransmissions {
    /// The node that sends.
    pub from: NodeName,
    /// The link; `None` for all links.
    pub on: Option<LinkName>,
    /// Part of the run.
    pub window: Window,
}

assertion! {
    /// Number of DATA and I-DATA chunks that a node retransmitted: `NAME.all`; and
    /// `NAME.spurious`, the number of those that were not needed, because another copy
    /// arrived, too.
    struct RetransmissionsForm = "{from: client, on: path-b}" {
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

impl MeasureForm for RetransmissionsForm {
    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Measured> {
        let sender = scope.sender(&self.from, &self.on);
        let window = self.window(scope);
        let (from, on) = sender?;
        Some(Measured::Retransmissions(Retransmissions {
            from,
            on,
            window: window?,
        }))
    }
}
