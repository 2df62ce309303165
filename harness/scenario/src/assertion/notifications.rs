//! The assertion `notifications`: the number of notifications that an endpoint received.

use std::fmt;

use super::form::assertion;
use super::{AssertionForm, Check, Count, Window};
use crate::check::Scope;
use crate::check::{NotificationFields, check_pattern};
use crate::model::{EndpointName, NotificationKind, NotificationPattern};
use crate::read::ChoiceOf;
use crate::value::{Address, Reference, State, Where};

/// Number of notifications that an endpoint received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotificationCount {
    /// The endpoint.
    pub at: EndpointName,
    /// The notifications that count.
    pub pattern: NotificationPattern,
    /// Part of the run.
    pub window: Window,
    /// Wanted number.
    pub count: Count,
}

impl fmt::Display for NotificationCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} × {} at {}", self.count, self.pattern, self.at)?;
        self.window.fmt(f)
    }
}

assertion! {
    /// An endpoint received this many notifications.
    struct NotificationsForm = "{at: client, notification: peer-addr-change, state: unreachable, exactly: 1}" {
        required {
            /// The endpoint.
            at: Reference,
            /// The notification (RFC 6458 section 6.1, RFC 6525 section 6.1).
            notification: ChoiceOf<NotificationKind>,
        }
        optional {
            /// Its state; any if left out.
            state: ChoiceOf<State>,
            /// The peer's address in a `peer-addr-change`; any if left out.
            address: Address,
            /// Values of other fields, by their names in RFC 6458: `{sac_error: 0}`.
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
        let fields = NotificationFields {
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
