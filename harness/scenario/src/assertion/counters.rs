use super::AssertionForm;
use super::count::HowMany;
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::{Check, Counters};
use crate::read::record;
use crate::value::{Name, Reference};

record! {
    /// A rule of the fabric had so many frames to do with.
    struct CountersForm = "{rule: no-acks, matched: 3, taken: {at-least: 1}}" {
        required {
            /// The rule.
            rule: Reference,
        }
        optional {
            /// How many frames it was about, of those that no rule before it took.
            matched: HowMany,
            /// On how many of them it acted.
            taken: HowMany,
            /// A name for this assertion.
            r#as: Name,
        }
    }
}

impl AssertionForm for CountersForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

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
