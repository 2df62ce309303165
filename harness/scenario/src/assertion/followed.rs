//! The assertion `followed`: a message travelled from endpoint to endpoint.

use std::fmt;

use super::form::assertion;
use super::{AssertionForm, Check};
use crate::check::{Bearer, Scope};
use crate::model::{EndpointName, StepName};
use crate::read::List;
use crate::value::{Number, Reference};

/// A message travelled from endpoint to endpoint. Each endpoint sent it on only after it
/// had arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed {
    /// The step that first sent the message.
    pub step: StepName,
    /// Number of the message in that step, from 1.
    pub number: u64,
    /// The endpoints that the message passed, in order; two or more.
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
    /// A message travelled from endpoint to endpoint, and each sent it on only after it
    /// had arrived. The message is looked for in the captures of all their nodes.
    struct FollowedForm = "{step: call, number: 1, through: [caller, core, callee]}" {
        required {
            /// The `send` or `traffic` that first sent the message.
            step: Reference,
            /// The endpoints that the message passed, in order.
            through: List<Reference>,
        }
        optional {
            /// Number of the message in that step, from 1; the first if left out.
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
                .add(
                    through.span,
                    "a message passes two endpoints or more",
                    "too few",
                )
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
