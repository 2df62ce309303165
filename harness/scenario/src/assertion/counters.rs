//! The assertion `counters`: the numbers of frames that a rule matched and took.

use std::fmt;

use super::count::HowMany;
use super::form::assertion;
use super::{AssertionForm, Check, Count};
use crate::check::Scope;
use crate::model::StepName;
use crate::value::Reference;

/// Numbers of frames that a rule of the fabric matched and took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counters {
    /// The rule.
    pub rule: StepName,
    /// Number of frames that matched the rule, of those that no earlier rule took.
    pub matched: Option<Count>,
    /// Number of frames on which the rule acted.
    pub taken: Option<Count>,
}

impl fmt::Display for Counters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "rule {}:", self.rule)?;
        if let Some(matched) = self.matched {
            write!(f, " {matched} matched")?;
        }
        if let Some(taken) = self.taken {
            write!(f, " {taken} taken")?;
        }
        Ok(())
    }
}

assertion! {
    /// A rule of the fabric matched or took this many frames.
    struct CountersForm = "{rule: no-acks, matched: 3, taken: {at-least: 1}}" {
        required {
            /// The rule.
            rule: Reference,
        }
        optional {
            /// Number of frames that matched the rule, of those that no earlier rule
            /// took.
            matched: HowMany,
            /// Number of frames on which the rule acted.
            taken: HowMany,
        }
    }
    shares {}
}

impl AssertionForm for CountersForm {
    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Check> {
        let rule = self.rule.spanned();
        let rule = rule.and_then(|rule| scope.earlier_step("a rule", Some("rule"), rule));
        let matched = self.matched.check(|count| Some(count.value.0))?;
        let taken = self.taken.check(|count| Some(count.value.0))?;
        if matched.is_none() && taken.is_none() {
            scope
                .problems
                .add(scope.own_span, "this counts nothing", "any number passes")
                .help("add `matched: 1` or `taken: 1`");
            return None;
        }
        Some(Check::Counters(Counters {
            rule: rule?,
            matched,
            taken,
        }))
    }
}
