use super::AssertionForm;
use super::count::HowMany;
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::{Check, Count, Delivered};
use crate::read::{Optional, record};
use crate::value::{Name, Reference};

record! {
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
            /// A name for this assertion.
            r#as: Name,
        }
    }
}

impl AssertionForm for DeliveredForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Check> {
        let from = self.from.spanned().and_then(|from| scope.endpoint(from));
        let to = self.to.spanned().and_then(|to| scope.endpoint(to));
        let (from, to) = (from?, to?);
        scope.differ(&from, &to, self.to.spanned()?)?;
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
