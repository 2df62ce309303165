use super::AssertionForm;
use super::count::Bounds;
use super::window::check_window;
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::{CallCount, Check};
use crate::read::record;
use crate::value::{Name, Number, Reference, Text};

record! {
    /// An endpoint called the sockets API so many times.
    struct CallsForm = "{at: client, call: sctp_sendv, error: ENOTCONN, exactly: 1}" {
        required {
            /// The endpoint that called.
            at: Reference,
            /// The function, as the ladder shows it.
            call: Text,
        }
        optional {
            /// Only those that gave this error, by its name; all if left out.
            error: Text,
            /// Only those that returned this; all if left out.
            result: Text,
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

impl AssertionForm for CallsForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Check> {
        let at = self.at.spanned().and_then(|at| scope.endpoint(at));
        let window = check_window(&self.after, &self.before, scope);
        let bounds = Bounds {
            at_least: &self.at_least,
            at_most: &self.at_most,
            exactly: &self.exactly,
        };
        let count = bounds.check(scope.own_span, scope.problems);
        let error = self.error.check(|error| Some(error.value.0.clone()));
        let result = self.result.check(|result| Some(result.value.0.clone()));
        Some(Check::Calls(CallCount {
            at: at?,
            call: self.call.get()?.0.clone(),
            error: error?,
            result: result?,
            window: window?,
            count: count?,
        }))
    }
}
