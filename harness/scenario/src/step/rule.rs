use std::borrow::Cow;

use super::StepForm;
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::{Action, AddRule, Nth, RuleVerdict};
use crate::read::{Choice, ChoiceOf, record};
use crate::value::{ChunkType, Name, NthForm, Reference};

record! {
    /// Puts a rule into the fabric, behind those that are there: which frames it
    /// matches, and what becomes of them. The first rule that takes a frame decides.
    struct RuleForm = "{chunk: COOKIE ECHO, from: client, nth: 1st, do: drop}" {
        required {
            /// What becomes of the frames: `drop` swallows them, `pass` forwards them
            /// before a later rule sees them.
            r#do: ChoiceOf<RuleVerdict>,
        }
        optional {
            /// Only frames on this link.
            on: Reference,
            /// Only frames that this node sends.
            from: Reference,
            /// Only packets that carry a chunk of this type, bundled or alone.
            chunk: ChunkType,
            /// Which of the frames that match: `every` (if left out), `3rd`,
            /// `every 3rd` or `first 3`.
            nth: NthForm,
            /// A name for this rule, for `remove-rule` to refer to.
            r#as: Name,
        }
    }
}

impl Choice for RuleVerdict {
    const WHAT: &'static str = "a verdict";

    fn choices() -> Vec<(Cow<'static, str>, Self)> {
        vec![
            ("drop".into(), RuleVerdict::Drop),
            ("pass".into(), RuleVerdict::Pass),
        ]
    }
}

impl StepForm for RuleForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let on = scope.optional(&self.on, |scope, on| scope.link(on));
        let link = on.as_ref().and_then(Option::as_ref);
        let from = scope.optional(&self.from, |scope, from| scope.end_of(link, from));
        let chunk = self.chunk.check(|chunk| Some(chunk.value.0));
        let nth = self.nth.check(|nth| Some(nth.value.0));
        Some(Action::AddRule(AddRule {
            name: scope.own_name.clone(),
            on: on?,
            from: from?,
            chunk: chunk?,
            nth: nth?.unwrap_or(Nth::Every),
            verdict: self.r#do.get()?.0,
        }))
    }
}
