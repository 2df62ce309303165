use std::fmt;

use super::form::assertion;
use super::{AssertionForm, Check, Count, Window};
use crate::check::Scope;
use crate::model::{EndpointName, NotificationKind, NotificationPattern};
use crate::read::ChoiceOf;
use crate::step::{Looked, check_pattern};
use crate::value::{Address, Reference, State, Where};

/// How many notifications an endpoint received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotificationCount {
    /// The endpoint.
    pub at: EndpointName,
    /// Which.
    pub pattern: NotificationPattern,
    /// When.
    pub window: Window,
    /// How many.
    pub count: Count,
}

impl fmt::Display for NotificationCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} × {} at {}", self.count, self.pattern, self.at)?;
        self.window.fmt(f)
    }
}

assertion! {
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
        }
    }
    shares {window, count}
}

impl AssertionForm for NotificationsForm {
    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Check> {
        let at = self.at.spanned().and_then(|at| scope.endpoint(at));
        let window = self.window(scope);
        let count = self.count(scope);
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
