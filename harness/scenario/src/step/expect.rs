//! The step `expect`: the run waits until an endpoint sees an event.

use super::{Action, StepForm};
use crate::check::{Awaited, NotificationFields, Scope, check_pattern, check_within};
use crate::diagnostic::Spanned;
use crate::model::{
    AssociationTurn, EndpointName, Expect, Expected, NotificationKind, Signal, StepName,
};
use crate::read::{ChoiceOf, record};
use crate::value::{Address, Line, Name, Reference, Small, State, TimeLimit, Where};

record! {
    /// Waits until an endpoint sees an event, and fails if the event does not come in
    /// time. Later steps are not run in that case.
    struct ExpectForm = "{at: client, notification: assoc-change, state: comm-up, within: 1s}" {
        required {
            /// The endpoint that must see it.
            at: Reference,
            /// Time limit: a time, or a bound that is computed from the timers in force,
            /// such as `failover-bound`.
            within: TimeLimit,
        }
        optional {
            /// The notification (RFC 6458 section 6.1, RFC 6525 section 6.1). One notification
            /// satisfies one expectation.
            notification: ChoiceOf<NotificationKind>,
            /// State of the notification: `comm-up` of `assoc-change`, `unreachable` of
            /// `peer-addr-change`. Any if left out. State of the `path`: `available`,
            /// `unreachable` or `potentially-failed`.
            state: ChoiceOf<State>,
            /// The peer's address in a `peer-addr-change`. Any if left out.
            address: Address,
            /// Values of other fields of the notification, by their names in RFC 6458:
            /// `{sac_error: 0}`.
            r#where: Where,
            /// Instead of a notification: a message from this endpoint.
            message_from: Reference,
            /// Of a program: the path to this address of the peer, in an association of the
            /// program, which must enter the `state`. `failover-bound` and `heartbeat-bound`
            /// are computed from the timers that the kernel has for this path.
            path: Address,
            /// Of a program: what becomes of one of its associations. `ended`: the kernel no
            /// longer has the association, whoever ended it, and whether or not it was ever set
            /// up. `association-bound`, `init-bound` and `shutdown-bound` say how the
            /// association must have ended. These bounds are computed from the timers that the
            /// kernel has for the association.
            association: ChoiceOf<AssociationTurn>,
            /// Of a program: a line of its output that matches this regular expression.
            /// One line satisfies one expectation. A group such as `(?<port>[0-9]+)` sets
            /// the parameter of its name to the matched text, for everything later.
            output: Line,
            /// Of a program: its own exit, with this exit status.
            exited: Small,
            /// Of a program: its end by this signal.
            signalled: ChoiceOf<Signal>,
            /// The step from whose start the time counts; the last earlier step that does
            /// something, if left out.
            since: Reference,
            /// A name for this expectation.
            r#as: Name,
        }
    }
}

impl StepForm for ExpectForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let is_program = |at: &Reference| scope.world.is_program(&EndpointName::new(&at.0));
        if self.at.get().is_some_and(is_program) {
            return self.check_at_program(scope);
        }
        let at = self.at.spanned().and_then(|at| scope.endpoint(at));
        if self.is_of_a_program() {
            at.and_then(|_| self.refuse_of_programs(scope));
            return None;
        }
        let what = self.check_what(at.as_ref(), scope);
        let since = self.check_since(scope);
        let within = self.within.spanned();
        let (at, what, within) = (at?, what?, within?);
        let unsure = scope.story.unsure || scope.world.has_foreign();
        if !unsure && scope.story.peers(&at).next().is_none() {
            scope
                .problems
                .add(
                    self.at.spanned()?.span,
                    format!("`{at}` has no association yet"),
                    "nothing to be seen here",
                )
                .help("put a `connect` before this step");
        }
        self.check_hears(&at, scope)?;
        let since = since?;
        if let Some(endpoint) = scope.world.endpoint(&at) {
            let awaited = Awaited {
                at: endpoint,
                what: &what,
                within,
                since: since.as_ref(),
            };
            check_within(&awaited, scope);
        }
        Some(Action::Expect(Expect {
            at,
            what,
            within: within.value.0,
            since,
        }))
    }
}

impl ExpectForm {
    fn check_at_program(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let at = EndpointName::new(&self.at.get()?.0);
        let what = self.check_of_program(&at, scope);
        let since = self.check_since(scope);
        Some(Action::Expect(Expect {
            at,
            what: what?,
            within: self.within.get()?.0,
            since: since?,
        }))
    }

    /// A closed socket, or one that is not read, sees nothing.
    fn check_hears(&self, at: &EndpointName, scope: &mut Scope<'_, '_>) -> Option<()> {
        let span = self.at.spanned()?.span;
        scope.not_closed(at, span)?;
        let Some(by) = scope.story.paused.get(at) else {
            return Some(());
        };
        scope
            .problems
            .add(span, format!("`{at}` does not read"), "it hears nothing")
            .help(format!(
                "the step `{by}` has it pause; put `resume-reading: {at}` before this step"
            ));
        None
    }

    fn check_what(&self, at: Option<&EndpointName>, scope: &mut Scope<'_, '_>) -> Option<Expected> {
        if !self.notification.is_absent() && !self.message_from.is_absent() {
            scope
                .problems
                .add(
                    self.message_from.span().unwrap_or(scope.own_span),
                    "an expectation is of one thing",
                    "a second thing",
                )
                .help("keep `notification` or `message-from`; write two steps to see both");
        }
        if let Some(kind) = self.notification.spanned() {
            let fields = NotificationFields {
                kind,
                state: &self.state,
                address: &self.address,
                wanted: &self.r#where,
            };
            return check_pattern(at, &fields, scope).map(Expected::Notification);
        }
        self.check_message(at, scope)
    }

    fn check_message(
        &self,
        at: Option<&EndpointName>,
        scope: &mut Scope<'_, '_>,
    ) -> Option<Expected> {
        let only_of_notifications = [
            ("state", self.state.span()),
            ("address", self.address.span()),
            ("where", self.r#where.span()),
        ];
        for (key, span) in only_of_notifications {
            if let Some(span) = span
                && self.notification.is_absent()
            {
                scope
                    .problems
                    .add(
                        span,
                        format!("`{key}` is of a notification"),
                        "of which one?",
                    )
                    .help("say which: `notification: peer-addr-change`");
            }
        }
        let Some(from) = self.message_from.spanned() else {
            if self.notification.is_absent() && self.message_from.is_absent() {
                scope
                    .problems
                    .add(
                        scope.own_span,
                        "this expects nothing",
                        "what should be seen?",
                    )
                    .help(format!("a complete one is `expect: {}`", Self::EXAMPLE));
            }
            return None;
        };
        let sender = scope.endpoint(from)?;
        let at = at?;
        scope.differ(at, &sender, from)?;
        let sends = scope.story.sent.contains(&(sender.clone(), at.clone()));
        if !sends && !scope.story.sending_unsure && !scope.story.unsure {
            scope
                .problems
                .add(
                    from.span,
                    format!("`{sender}` has sent `{at}` nothing yet"),
                    "no message can come",
                )
                .help(format!(
                    "put `send: {{from: {sender}, to: {at}, size: 100}}` before this step"
                ));
            return None;
        }
        Some(Expected::Message { from: sender })
    }

    fn check_since(&self, scope: &mut Scope<'_, '_>) -> Option<Option<StepName>> {
        let named = scope.optional(&self.since, |scope, since| {
            scope.earlier_step("a step", None, since)
        })?;
        Some(named.or_else(|| scope.story.last_action.clone()))
    }
}
