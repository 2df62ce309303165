use super::AssertionForm;
use super::count::Bounds;
use super::window::check_window;
use crate::check::{Scope, check_fields};
use crate::diagnostic::Spanned;
use crate::model::{Check, PATH_FIELDS, PathCount};
use crate::read::record;
use crate::value::{Address, Name, Number, Reference, Where};

record! {
    /// Samples of an endpoint's paths said so. The lab takes one of every path before
    /// each step that does something, and whenever a path is reported to change.
    struct PathsForm = "{at: client, address: 10.0.1.2, where: {state: SCTP_POTENTIALLY_FAILED}, at-least: 1}" {
        required {
            /// The endpoint whose path it is.
            at: Reference,
        }
        optional {
            /// The peer's address that the path leads to; any if left out.
            address: Address,
            /// Only those that say so, as the socket reports it.
            r#where: Where,
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

impl AssertionForm for PathsForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Check> {
        let at = self.at.spanned().and_then(|at| scope.endpoint(at));
        let address = self.address.check(|address| Some(address.value.0));
        let window = check_window(&self.after, &self.before, scope);
        let bounds = Bounds {
            at_least: &self.at_least,
            at_most: &self.at_most,
            exactly: &self.exactly,
        };
        let count = bounds.check(scope.own_span, scope.problems);
        let fields = check_fields("a path", PATH_FIELDS, &self.r#where, scope);
        Some(Check::Paths(PathCount {
            at: at?,
            address: address?,
            fields: fields?,
            window: window?,
            count: count?,
        }))
    }
}
