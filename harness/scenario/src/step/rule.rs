//! The step `rule`: the fabric gets a rule that acts on matching frames.

mod action;

use std::fmt;

use rules::{Match, Nth, Rule, Window};

use super::{Action, StepForm};
use crate::check::{Scope, check_where};
use crate::diagnostic::Spanned;
use crate::model::StepName;
use crate::read::{ChoiceOf, Optional, record};
use crate::value::{
    AddressRange, ChunkType, Name, NthForm, Port, ProtocolWord, Reference, Size, Time, Where,
};

use action::DoForm;
pub(crate) use action::RuleActions;

/// Adds a rule to the fabric, after the existing rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddRule {
    /// Name of the step, which is also that of the rule.
    pub name: StepName,
    /// The rule.
    pub rule: Rule,
}

impl fmt::Display for AddRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.rule.fmt(f)
    }
}

record! {
    /// Adds a rule to the fabric, after the existing ones: the frames that it matches,
    /// and its action on them. The first rule that acts on a frame decides.
    struct RuleForm = "{chunk: COOKIE ECHO, from: client, nth: 1st, do: drop}" {
        required {
            /// Action on the frames: `drop` discards them, `pass` forwards them before a
            /// later rule sees them, `duplicate` forwards them twice, `corrupt` flips a
            /// bit of an SCTP packet. The other actions have values, as `{delay: 50ms}` and
            /// `{mirror: {to: watcher, on: span}}` have.
            r#do: DoForm,
        }
        optional {
            /// Only frames on this link.
            on: Reference,
            /// Only frames that this node sends, or forwards as a router.
            from: Reference,
            /// Only frames that this node receives, including those that it forwards.
            to: Reference,
            /// Only packets from this address, or from one in this network.
            source: AddressRange,
            /// Only packets to this address, or to one in this network.
            destination: AddressRange,
            /// Only frames of this protocol.
            protocol: ChoiceOf<ProtocolWord>,
            /// Only packets from this port, of SCTP or UDP.
            source_port: Port,
            /// Only packets to this port, of SCTP or UDP.
            destination_port: Port,
            /// Only IP packets of more bytes than this: those that a smaller MTU would lose.
            larger_than: Size,
            /// Only IP packets of fewer bytes than this.
            smaller_than: Size,
            /// Only packets that carry a chunk of this type, bundled or alone.
            chunk: ChunkType,
            /// Only packets with a chunk of that type whose fields have these values:
            /// `{stream: 3, u: true}`.
            r#where: Where,
            /// The matching frames on which the rule acts: `every` (the default), `3rd`,
            /// `every 3rd`, `first 3`, `from 3rd` or `2nd to 5th`.
            nth: NthForm,
            /// Time from this step until the rule is in force; at once if left out.
            after: Time,
            /// Time for which the rule is in force; until it is removed if left out.
            r#for: Time,
            /// A name for this rule, for `remove-rule` to refer to.
            r#as: Name,
        }
    }
}

impl StepForm for RuleForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let frames = self.check_frames(scope);
        let nth = self.nth.check(|nth| Some(nth.value.0));
        let after = self.after.check(|after| Some(after.value.0));
        let lasts = self.r#for.check(|lasts| lasting(lasts, scope));
        let chunk = self.chunk.get().map(|chunk| chunk.0);
        let action = self.r#do.get()?.check(chunk, scope);
        let nth = nth?.unwrap_or(Nth::Every);
        if matches!(action, Some(rules::Action::Reorder { .. }))
            && nth == Nth::Every
            && self.chunk.is_absent()
        {
            scope
                .problems
                .add(
                    self.r#do.spanned()?.span,
                    "every frame would wait for another to pass, and none would",
                    "nothing passes",
                )
                .help("say which frames wait: add `nth: 1st`, or a `chunk`");
            return None;
        }
        let rule = AddRule {
            name: scope.own_name.clone(),
            rule: Rule {
                name: scope.own_name.to_string(),
                frames: frames?,
                window: Window {
                    after: after?.unwrap_or_default(),
                    lasts: lasts?,
                },
                nth,
                action: action?,
            },
        };
        let rules = &mut scope.story.rules;
        rules.insert(rule.name.clone(), rule.rule.clone());
        Some(Action::AddRule(rule))
    }
}

fn lasting(lasts: &Spanned<Time>, scope: &mut Scope<'_, '_>) -> Option<std::time::Duration> {
    if lasts.value.0.is_zero() {
        scope
            .problems
            .add(lasts.span, "a rule that lasts no time does nothing", "here")
            .help("write a time such as `1min`, or leave `for` out");
        return None;
    }
    Some(lasts.value.0)
}

impl RuleForm {
    fn check_frames(&self, scope: &mut Scope<'_, '_>) -> Option<Match> {
        let on = scope.optional(&self.on, |scope, on| scope.link(on));
        let link = on.as_ref().and_then(Option::as_ref);
        let from = scope.optional(&self.from, |scope, from| scope.end_of(link, from));
        let to = scope.optional(&self.to, |scope, to| scope.end_of(link, to));
        let chunk = match self.chunk.get() {
            Some(kind) => check_where(kind.0, &self.r#where, scope).map(Some),
            None => self.without_chunk(scope),
        };
        Some(Match {
            on: on?.map(|it| it.to_string()),
            from: from?.map(|it| it.to_string()),
            to: to?.map(|it| it.to_string()),
            source: given(&self.source)?.map(|range| range.0),
            destination: given(&self.destination)?.map(|range| range.0),
            protocol: given(&self.protocol)?.map(|protocol| protocol.0.0),
            source_port: given(&self.source_port)?.map(|port| port.0.get()),
            destination_port: given(&self.destination_port)?.map(|port| port.0.get()),
            larger_than: given(&self.larger_than)?.map(bytes),
            smaller_than: given(&self.smaller_than)?.map(bytes),
            chunk: chunk?,
        })
    }

    /// Fields belong to a type of chunk, which is missing here.
    fn without_chunk<T>(&self, scope: &mut Scope<'_, '_>) -> Option<Option<T>> {
        if let Some(span) = self.r#where.span() {
            scope
                .problems
                .add(span, "`where` needs a `chunk`", "fields of what?")
                .help("name the type of chunk whose fields these are: `chunk: DATA`");
            return None;
        }
        self.chunk.is_absent().then_some(None)
    }
}

fn given<T: Copy>(field: &Optional<T>) -> Option<Option<T>> {
    field.check(|given| Some(given.value))
}

fn bytes(size: Size) -> usize {
    usize::try_from(size.0).unwrap_or(usize::MAX)
}
