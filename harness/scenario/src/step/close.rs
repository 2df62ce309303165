//! The step `close`: an endpoint ends its associations gracefully, or closes its socket.

use std::fmt;
use std::time::Duration;

use rules::spoken;

use super::{Action, StepForm};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::{EndpointName, Style};
use crate::read::{Short, record};
use crate::value::{Boolean, ErrorName, Name, Reference, Time, spelled};

/// Ends associations gracefully: SHUTDOWN (RFC 9260 section 9.2), unless the socket's
/// settings or unread data cause an ABORT.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Close {
    /// The endpoint whose associations end.
    pub endpoint: EndpointName,
    /// Only those with this endpoint; `None` is all.
    pub to: Option<EndpointName>,
    /// Whether associations or the socket are closed.
    pub what: Closing,
}

/// What a [`Close`] closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closing {
    /// Each association. The socket stays open if it can have other associations.
    Associations,
    /// The socket itself, by close(2).
    Socket {
        /// `SO_LINGER`, set before: zero aborts. `None` leaves it off.
        linger: Option<Duration>,
    },
}

impl fmt::Display for Close {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.what {
            Closing::Associations => write!(f, "close {}", self.endpoint)?,
            Closing::Socket { .. } => write!(f, "close the socket of {}", self.endpoint)?,
        }
        if let Some(to) = &self.to {
            write!(f, " → {to}")?;
        }
        match self.what {
            Closing::Socket { linger: Some(time) } => write!(f, ", lingering {}", spoken(time)),
            _ => Ok(()),
        }
    }
}

record! {
    /// Ends an endpoint's associations gracefully, by SHUTDOWN (RFC 9260 section 9.2). A
    /// one-to-many socket stays open, and gets the notification of the end; a one-to-one
    /// socket is closed with its association.
    struct CloseForm = "client" {
        required {
            /// The endpoint. Without other keys it stands alone: `close: client`.
            endpoint: Reference,
        }
        optional {
            /// Only its associations with this endpoint; all if left out.
            to: Reference,
            /// `true` closes the socket itself, by close(2), and with it all its
            /// associations. Linux sends ABORT if data is unread.
            socket: Boolean,
            /// Closes the socket itself with this `SO_LINGER`. `0s` sends ABORT instead
            /// of SHUTDOWN.
            linger: Time,
            /// The error that the call must return immediately, such as `EADDRNOTAVAIL`.
            /// The step has no effect then.
            error: ErrorName,
            /// A name for this step.
            r#as: Name,
        }
    }
}

impl Short for CloseForm {
    const KEY: &'static str = "endpoint";
}

impl StepForm for CloseForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn error(&self) -> Option<&Spanned<ErrorName>> {
        self.error.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let name = self.endpoint.spanned()?;
        let what = self.check_what(scope);
        let whole = matches!(what, Some(Closing::Socket { .. }));
        let (endpoint, to) = if whole && self.to.is_absent() {
            (scope.closes_all(name)?, None)
        } else {
            scope.ends(name, &self.to)?
        };
        let what = what?;
        if whole {
            self.check_whole(&endpoint, to.as_ref(), scope)?;
        }
        scope.closes_one_to_one(&endpoint);
        self.check_sending(&endpoint, to.as_ref(), scope);
        Some(Action::Close(Close { endpoint, to, what }))
    }
}

impl CloseForm {
    fn check_what(&self, scope: &mut Scope<'_, '_>) -> Option<Closing> {
        let linger = scope.optional(&self.linger, |scope, linger| {
            // The lab has a single thread, which close(2) would block.
            if !linger.value.0.is_zero() {
                scope
                    .problems
                    .add(
                        linger.span,
                        format!("the lab cannot linger for {}", spelled(linger.value.0)),
                        "close(2) would block the run",
                    )
                    .help("write `linger: 0s`, or `socket: true` to close without lingering");
                return None;
            }
            Some(linger.value.0)
        })?;
        let socket = self.socket.get().is_some_and(|socket| socket.0);
        Some(if socket || linger.is_some() {
            Closing::Socket { linger }
        } else {
            Closing::Associations
        })
    }

    /// Notes a mistake if the socket is to be closed for one of its several associations.
    fn check_whole(
        &self,
        endpoint: &EndpointName,
        to: Option<&EndpointName>,
        scope: &mut Scope<'_, '_>,
    ) -> Option<()> {
        let shared = scope.facts(endpoint)?.style == Style::OneToMany;
        if to.is_none() || !shared || scope.story.peeled.contains(endpoint) {
            return Some(());
        }
        scope
            .problems
            .add(
                self.to.span()?,
                format!("`{endpoint}` has one socket for all its associations"),
                "not alone on it",
            )
            .help("leave `to` out, or leave `socket` and `linger` out");
        None
    }

    fn check_sending(
        &self,
        endpoint: &EndpointName,
        to: Option<&EndpointName>,
        scope: &mut Scope<'_, '_>,
    ) {
        let mut running = scope.story.traffic.iter();
        let sending = running
            .find(|(_, (from, receiver))| from == endpoint && to.is_none_or(|to| to == receiver));
        if let (Some((traffic, _)), Some(name)) = (sending, self.endpoint.spanned()) {
            scope
                .problems
                .add(
                    name.span,
                    format!("`{endpoint}` is still sending"),
                    "closed in mid-stream",
                )
                .help(format!("put `stop: {traffic}` before this step"));
        }
    }
}
