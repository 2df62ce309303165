use super::AssertionForm;
use super::count::Bounds;
use super::window::check_window;
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::{Check, NotificationCount, NotificationKind};
use crate::read::{ChoiceOf, record};
use crate::step::{Looked, check_pattern};
use crate::value::{Address, Name, Number, Reference, State, Where};

record! {
    /// An endpoint received so many notifications.
    struct NotificationsForm = "{at: client, notification: peer-addr-change, state: unreachable, exactly: 1}" {
        required {
            /// The endpoint.
            at: Reference,
            /// The notification (RFC 6458 section 6.1).
            notification: ChoiceOf<NotificationKind>,
        }
        optional {
            /// Its state; any if left out.
            state: ChoiceOf<State>,
            /// The peer's address that a `peer-addr-change` is about; any if left out.
            address: Address,
            /// What other fields must say, by their names in RFC 6458: `{sac_error: 0}`.
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

impl AssertionForm for NotificationsForm {
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
        let fields = Looked {
            kind: self.notification.spanned()?,
            state: &self.state,
            address: &self.address,
            wanted: &self.r#where,
        };
        let pattern = check_pattern(at.as_ref(), &fields, scope);
        Some(Check::Notifications(NotificationCount {
            at: at?,
            pattern: pattern?,
            window: window?,
            count: count?,
        }))
    }
}
