use super::AssertionForm;
use crate::check::{Place, Scope};
use crate::diagnostic::Spanned;
use crate::model::{Check, Followed, StepName};
use crate::read::{List, record};
use crate::value::{Name, Number, Reference};

record! {
    /// One message went over the wire from endpoint to endpoint, each of which sent
    /// it on only when it had arrived: it is found in the captures of all their nodes.
    struct FollowedForm = "{step: call, number: 1, through: [caller, core, callee]}" {
        required {
            /// The `send` or `traffic` that sent it first.
            step: Reference,
            /// The endpoints that it went through, in order.
            through: List<Reference>,
        }
        optional {
            /// Which of that step's messages, from 1; the first if left out.
            number: Number,
            /// A name for this assertion.
            r#as: Name,
        }
    }
}

impl AssertionForm for FollowedForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Check> {
        let step = self.step.spanned()?;
        let sends = |named: &crate::check::Named| {
            matches!(named.place, Place::Step(_)) && ["send", "traffic"].contains(&named.kind)
        };
        let name = &step.value.0;
        let found = scope
            .names
            .find("a step that sends", name, step.span, sends, scope.problems);
        let through = self.through.spanned()?;
        let known: Vec<_> = through
            .value
            .items
            .iter()
            .map(|item| scope.endpoint(item))
            .collect();
        if known.len() < 2 && !through.value.broken {
            scope
                .problems
                .add(through.span, "this is no way to go", "too few")
                .help("name two endpoints or more, in the order in which it passes them");
            return None;
        }
        found?;
        Some(Check::Followed(Followed {
            step: StepName::new(name),
            number: self.number.get().map_or(1, |number| number.0),
            through: known.into_iter().collect::<Option<_>>()?,
        }))
    }
}
