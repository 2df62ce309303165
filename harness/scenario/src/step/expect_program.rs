//! Expectations about programs.

use std::borrow::Cow;

use super::expect::ExpectForm;
use crate::check::Scope;
use crate::diagnostic::{Span, Spanned};
use crate::model::{
    AssociationTurn, BoundKind, EndpointName, Expected, PathPattern, PathState, Within,
};
use crate::read::{Choice, all_of};
use crate::value::{Address, TimeLimit};

impl ExpectForm {
    /// Whether the expectation is about something that only programs have.
    pub(super) fn is_of_a_program(&self) -> bool {
        self.of_programs().iter().any(|(_, span)| span.is_some())
    }

    fn of_programs(&self) -> [(&'static str, Option<Span>); 5] {
        [
            ("path", self.path.span()),
            ("association", self.association.span()),
            ("output", self.output.span()),
            ("exited", self.exited.span()),
            ("signalled", self.signalled.span()),
        ]
    }

    /// Notes keys that only programs have.
    pub(super) fn refuse_of_programs(&self, scope: &mut Scope<'_, '_>) -> Option<()> {
        let (key, span) = self
            .of_programs()
            .into_iter()
            .find_map(|(key, span)| span.map(|span| (key, span)))?;
        let at = &self.at.spanned()?.value.0;
        scope
            .problems
            .add(span, format!("`{key}` is of programs"), "not of a socket")
            .help(match key {
                "path" => format!(
                    "`{at}` is a socket: expect `notification: peer-addr-change`, with \
                     `address` and `state`"
                ),
                "association" => {
                    format!("`{at}` is a socket: expect `notification: assoc-change`, with `state`")
                }
                _ => format!("`{at}` is a socket: expect a `notification` or `message-from`"),
            });
        Some(())
    }

    pub(super) fn check_of_program(
        &self,
        at: &EndpointName,
        scope: &mut Scope<'_, '_>,
    ) -> Option<Expected> {
        scope.has_started(at, self.at.spanned()?.span)?;
        let of_sockets = [
            ("notification", self.notification.span()),
            ("state", self.state.span().filter(|_| self.path.is_absent())),
            ("address", self.address.span()),
            ("where", self.r#where.span()),
            ("message-from", self.message_from.span()),
        ];
        for (key, span) in of_sockets {
            if let Some(span) = span {
                scope
                    .problems
                    .add(
                        span,
                        format!("a program has no `{key}`"),
                        "its socket is its own",
                    )
                    .help(match key {
                        "notification" | "state" | "address" => {
                            "expect what a path of it becomes: `path: 10.0.1.2, state: \
                             unreachable`; that its association ends: `association: ended`; \
                             its `output`; or its end: `exited: 0`, `signalled: KILL`"
                        }
                        _ => "expect its `output`, or its end: `exited: 0`, `signalled: KILL`",
                    });
                return None;
            }
        }
        let given = self.of_programs();
        let mut given = given.iter().filter_map(|(_, span)| *span);
        let (first, second) = (given.next(), given.next());
        if let Some(second) = second {
            scope
                .problems
                .add(second, "an expectation is of one thing", "a second thing")
                .help("write two steps to see both");
            return None;
        }
        let is_absent = self.path.is_absent()
            && self.association.is_absent()
            && self.output.is_absent()
            && self.exited.is_absent()
            && self.signalled.is_absent();
        if is_absent {
            scope
                .problems
                .add(
                    scope.own_span,
                    "this expects nothing",
                    "what should be seen?",
                )
                .help(format!(
                    "a complete one is `expect: {{at: {at}, exited: 0, within: 5s}}`"
                ));
            return None;
        }
        // A key that is there without a valid value has been noted.
        first?;
        let within = self.within.spanned()?;
        if let Some(path) = self.path.spanned() {
            return self.check_path(at, path, within, scope).map(Expected::Path);
        }
        if let Some(turn) = self.association.get() {
            let what = format!("is not the bound of `association: {}`", turn.0.word());
            check_soon(within, scope, |bound| is_of(bound, turn.0), &what)?;
            return Some(Expected::Association(turn.0));
        }
        check_soon(within, scope, |_| false, "is not the bound of a program")?;
        if let Some(line) = self.output.get() {
            return Some(Expected::Output(line.0.clone()));
        }
        if let Some(status) = self.exited.spanned() {
            let fitting = u8::try_from(status.value.0).ok();
            if fitting.is_none() {
                scope
                    .problems
                    .add(status.span, "an exit status has 8 bits", "too high")
                    .help("write 0 to 255");
            }
            return fitting.map(|status| Expected::Exited { status });
        }
        let signal = self.signalled.get()?.0;
        Some(Expected::Signalled { signal })
    }

    fn check_path(
        &self,
        at: &EndpointName,
        path: &Spanned<Address>,
        within: &Spanned<TimeLimit>,
        scope: &mut Scope<'_, '_>,
    ) -> Option<PathPattern> {
        let address = path.value.0;
        let own = scope.world.program(at)?;
        let others = scope.world.nodes.iter().filter(|it| it.name != own.node);
        let theirs = others.flat_map(|node| scope.world.addresses_of(&node.name));
        let theirs: Vec<String> = theirs.map(|it| it.to_string()).collect();
        let is_theirs = theirs.contains(&address.to_string());
        if !is_theirs && scope.world.complete && !scope.story.gained.unsure {
            scope
                .problems
                .add(
                    path.span,
                    format!("`{address}` is not an address of a peer of `{at}`"),
                    "no path leads there",
                )
                .help(format!(
                    "the other nodes have {}",
                    all_of(theirs.iter().map(String::as_str))
                ));
            return None;
        }
        let states = PathState::ALL.map(PathState::word);
        let Some(given) = self.state.spanned() else {
            let message = "this does not say what the path becomes";
            let help = format!("write `state`: {}", all_of(states));
            scope
                .problems
                .add(path.span, message, "`state` is missing")
                .help(help);
            return None;
        };
        let word = given.value.0.word();
        let Some(state) = PathState::ALL.into_iter().find(|it| it.word() == word) else {
            scope
                .problems
                .add(
                    given.span,
                    format!("a path does not become `{word}`"),
                    "of a notification",
                )
                .help(format!("its states are {}", all_of(states)));
            return None;
        };
        let is_of_state = |bound| {
            matches!(
                (bound, state),
                (BoundKind::Failover, PathState::Unreachable)
                    | (BoundKind::Heartbeat, PathState::Available)
            )
        };
        let what = format!("is not the bound of a path that becomes {word}");
        check_soon(within, scope, is_of_state, &what)?;
        Some(PathPattern { address, state })
    }
}

impl Choice for AssociationTurn {
    const WHAT: &'static str = "what becomes of an association";

    fn choices() -> Vec<(Cow<'static, str>, Self)> {
        let all = Self::ALL.into_iter();
        all.map(|turn| (turn.word().into(), turn)).collect()
    }
}

/// Whether the bound says how an association of a program may end. No bound says when one
/// comes up.
fn is_of(bound: BoundKind, turn: AssociationTurn) -> bool {
    let of_an_end = matches!(
        bound,
        BoundKind::Association | BoundKind::Init | BoundKind::Shutdown
    );
    turn == AssociationTurn::Ended && of_an_end
}

/// Notes a time in which nothing is seen, and a bound that is not one of what is expected.
fn check_soon(
    within: &Spanned<TimeLimit>,
    scope: &mut Scope<'_, '_>,
    is_fitting: impl Fn(BoundKind) -> bool,
    what: &str,
) -> Option<()> {
    match within.value.0 {
        Within::Bound(bound) if is_fitting(bound) => Some(()),
        Within::Bound(bound) => {
            let (label, of) = match bound {
                BoundKind::Failover => ("of a path", "path: 10.0.1.2, state: unreachable"),
                BoundKind::Heartbeat => ("of a path", "path: 10.0.1.2, state: available"),
                BoundKind::Association | BoundKind::Init | BoundKind::Shutdown => {
                    ("of an association that ends", "association: ended")
                }
            };
            let help = format!("it is that of `{of}`; write a time such as `10s`");
            let message = format!("`{}` {what}", bound.word());
            scope.problems.add(within.span, message, label).help(help);
            None
        }
        Within::Fixed(time) if time.is_zero() => {
            scope
                .problems
                .add(within.span, "nothing is seen in no time", "too soon")
                .help("write a time such as `1s`");
            None
        }
        Within::Fixed(_) => Some(()),
    }
}
