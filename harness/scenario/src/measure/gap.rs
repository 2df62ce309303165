//! The measure `gap`: the longest interruption of an endpoint's messages.

use super::{MeasureForm, Measured};
use crate::assertion::{Window, assertion};
use crate::check::Scope;
use crate::model::EndpointName;
use crate::value::Reference;

/// The longest time between two messages that arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The sender.
    pub from: EndpointName,
    /// The receiver.
    pub to: EndpointName,
    /// Part of the run.
    pub window: Window,
}

assertion! {
    /// The longest time, in seconds, in which an endpoint received none of the messages that another
    /// sent it: from one that arrived to the next. The interruption that users feel: after a
    /// `cut`, it begins with the last message that arrived before.
    struct GapForm = "{from: client, to: server}" {
        required {
            /// The sender.
            from: Reference,
            /// The receiver.
            to: Reference,
        }
    }
    shares {window}
}

impl MeasureForm for GapForm {
    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Measured> {
        let ends = scope.two_sockets(&self.from, &self.to);
        let window = self.window(scope);
        let (from, to) = ends?;
        Some(Measured::Gap(Gap {
            from,
            to,
            window: window?,
        }))
    }
}
