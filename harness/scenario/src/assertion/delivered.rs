//! The assertion `delivered`: the messages of one endpoint reached another unchanged.

use std::fmt;

use super::count::HowMany;
use super::form::assertion;
use super::{AssertionForm, Check, Count};
use crate::check::Scope;
use crate::model::EndpointName;
use crate::read::Optional;
use crate::value::Reference;

/// Numbers of messages from one endpoint to another that were lost or duplicated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivered {
    /// The sender.
    pub from: EndpointName,
    /// The receiver.
    pub to: EndpointName,
    /// Number of messages that were sent and never received.
    pub lost: Count,
    /// Number of messages that were received more than once.
    pub duplicated: Count,
    /// Number of messages that were sent.
    pub sent: Option<Count>,
}

impl fmt::Display for Delivered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "delivered {} → {}: ", self.from, self.to)?;
        if let Some(sent) = self.sent {
            write!(f, "{sent} sent, ")?;
        }
        write!(f, "{} lost, {} duplicated", self.lost, self.duplicated)
    }
}

assertion! {
    /// The messages that one endpoint sent to another were received unchanged: the size
    /// and every byte are compared.
    struct DeliveredForm = "{from: client, to: server, lost: 0, duplicated: 0}" {
        required {
            /// The sender.
            from: Reference,
            /// The receiver.
            to: Reference,
        }
        optional {
            /// Number of messages that were sent and never received; `0` if left out.
            lost: HowMany,
            /// Number of messages that were received more than once; `0` if left out.
            duplicated: HowMany,
            /// Number of messages that were sent; any number if left out.
            sent: HowMany,
        }
    }
    shares {}
}

impl AssertionForm for DeliveredForm {
    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Check> {
        let (from, to) = scope.sender_and_receiver(&self.from, &self.to)?;
        Some(Check::Delivered(Delivered {
            from,
            to,
            lost: count(&self.lost)?.unwrap_or(Count::exactly(0)),
            duplicated: count(&self.duplicated)?.unwrap_or(Count::exactly(0)),
            sent: count(&self.sent)?,
        }))
    }
}

fn count(field: &Optional<HowMany>) -> Option<Option<Count>> {
    field.check(|how_many| Some(how_many.value.0))
}
