use std::fmt;

use super::count::HowMany;
use super::form::assertion;
use super::{AssertionForm, Check, Count};
use crate::check::Scope;
use crate::model::EndpointName;
use crate::read::Optional;
use crate::value::Reference;

/// How many of the messages that one endpoint sent another received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivered {
    /// The sender.
    pub from: EndpointName,
    /// The receiver.
    pub to: EndpointName,
    /// How many were sent and never received.
    pub lost: Count,
    /// How many were received more than once.
    pub duplicated: Count,
    /// How many were sent at all.
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
    /// The messages that one endpoint sent another were received, and each as it was
    /// sent: its size and every byte are compared.
    struct DeliveredForm = "{from: client, to: server, lost: 0, duplicated: 0}" {
        required {
            /// The sender.
            from: Reference,
            /// The receiver.
            to: Reference,
        }
        optional {
            /// How many were sent and never received; `0` if left out.
            lost: HowMany,
            /// How many were received more than once; `0` if left out.
            duplicated: HowMany,
            /// How many were sent at all; any number if left out.
            sent: HowMany,
        }
    }
    shares {}
}

impl AssertionForm for DeliveredForm {
    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Check> {
        let (from, to) = scope.two_sockets(&self.from, &self.to)?;
        let sends = scope.story.sent.contains(&(from.clone(), to.clone()));
        if !sends && !scope.story.sending_unsure && !scope.story.unsure {
            scope
                .problems
                .add(
                    self.from.spanned()?.span,
                    format!("`{from}` never sends `{to}` anything"),
                    "nothing to deliver",
                )
                .help("add a `send` or `traffic` step, or turn `from` and `to` round");
            return None;
        }
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
