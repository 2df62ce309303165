use super::AssertionForm;
use super::count::Bounds;
use super::window::check_window;
use crate::check::{Scope, check_fields};
use crate::diagnostic::Spanned;
use crate::model::{Check, MESSAGE_FIELDS, MessageCount};
use crate::read::record;
use crate::value::{Boolean, Name, Number, Reference, Where};

record! {
    /// An endpoint received so many messages.
    struct MessagesForm = "{at: server, from: client, where: {stream: 3, ppid: 8}, exactly: 1}" {
        required {
            /// The endpoint that received them.
            at: Reference,
        }
        optional {
            /// The endpoint that sent them; any if left out.
            from: Reference,
            /// Only those that say so: `stream`, `ssn`, `ppid` (as it stands on the
            /// wire), `tsn`, `size`, `step` (the step that sent them), `number` (which of
            /// that step's, from 1).
            r#where: Where,
            /// `true`: those of each step came in the order in which they were sent;
            /// `false`: they did not. Either, if left out.
            in_order: Boolean,
            /// Only what came after this step; from the start of the run if left out.
            after: Reference,
            /// Only what came before this step; to the end of the run if left out.
            before: Reference,
            /// This many or more.
            at_least: Number,
            /// This many or fewer.
            at_most: Number,
            /// Exactly this many.
            exactly: Number,
            /// A name for this assertion.
            r#as: Name,
        }
    }
}

impl AssertionForm for MessagesForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Check> {
        let at = self.at.spanned().and_then(|at| scope.endpoint(at));
        let from = scope.optional(&self.from, |scope, from| scope.endpoint(from));
        let window = check_window(&self.after, &self.before, scope);
        let bounds = Bounds {
            at_least: &self.at_least,
            at_most: &self.at_most,
            exactly: &self.exactly,
        };
        let count = bounds.check(scope.own_span, scope.problems);
        let fields = check_fields("a message", MESSAGE_FIELDS, &self.r#where, scope);
        let in_order = self.in_order.check(|it| Some(it.value.0));
        Some(Check::Messages(MessageCount {
            at: at?,
            from: from?,
            fields: fields?,
            in_order: in_order?,
            window: window?,
            count: count?,
        }))
    }
}
