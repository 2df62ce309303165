//! Expectations about programs.

use super::expect::ExpectForm;
use crate::check::Scope;
use crate::diagnostic::Span;
use crate::model::{EndpointName, Expected, Within};

impl ExpectForm {
    /// Whether the expectation is about something that only programs have.
    pub(super) fn is_of_a_program(&self) -> bool {
        self.of_programs().iter().any(|(_, span)| span.is_some())
    }

    fn of_programs(&self) -> [(&'static str, Option<Span>); 3] {
        [
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
            .help(format!(
                "`{at}` is none: expect a `notification` or `message-from`"
            ));
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
            ("state", self.state.span()),
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
                    .help("expect its `output`, or its end: `exited: 0`, `signalled: KILL`");
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
        if first.is_none() {
            scope
                .problems
                .add(
                    scope.own_span,
                    "this expects nothing",
                    "what should be seen?",
                )
                .help(format!(
                    "a whole one is `expect: {{at: {at}, exited: 0, within: 5s}}`"
                ));
            return None;
        }
        let within = self.within.spanned()?;
        match within.value.0 {
            Within::Bound(bound) => {
                let message = format!("`{}` is not the bound of a program", bound.word());
                scope
                    .problems
                    .add(within.span, message, "of an association")
                    .help("write a time such as `10s`");
                return None;
            }
            Within::Fixed(time) if time.is_zero() => {
                scope
                    .problems
                    .add(within.span, "nothing is seen in no time", "too soon")
                    .help("write a time such as `1s`");
                return None;
            }
            Within::Fixed(_) => {}
        }
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
}
