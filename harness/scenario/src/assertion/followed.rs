use std::fmt;

use super::form::assertion;
use super::{AssertionForm, Check};
use crate::check::{Bearer, Scope};
use crate::model::{EndpointName, StepName};
use crate::read::List;
use crate::value::{Number, Reference};

/// One message went over the wire from endpoint to endpoint, each sending it
/// on only when it had arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed {
    /// The step that sent it first.
    pub step: StepName,
    /// Which of that step's, from 1.
    pub number: u64,
    /// Whom it went through, in order; two or more.
    pub through: Vec<EndpointName>,
}

impl fmt::Display for Followed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let through: Vec<&str> = self.through.iter().map(EndpointName::as_str).collect();
        write!(
            f,
            "{} {} went {}",
            self.step,
            self.number,
            through.join(" → ")
        )
    }
}

assertion! {
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
        }
    }
    shares {}
}

impl AssertionForm for FollowedForm {
    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Check> {
        let step = self.step.spanned()?;
        let sends = |named: &crate::check::Named| {
            matches!(named.bearer, Bearer::Step(_)) && ["send", "traffic"].contains(&named.kind)
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
