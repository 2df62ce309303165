//! Checks patterns for notifications: subscription, state and address.

use std::net::IpAddr;

use super::{Scope, check_fields};
use crate::diagnostic::{Span, Spanned};
use crate::model::{EndpointName, NotificationKind, NotificationPattern};
use crate::read::{ChoiceOf, Optional, all_of};
use crate::value::{Address, State, Where, states_of};

/// The fields of a notification pattern.
pub(crate) struct NotificationFields<'f> {
    pub(crate) kind: &'f Spanned<ChoiceOf<NotificationKind>>,
    pub(crate) state: &'f Optional<ChoiceOf<State>>,
    pub(crate) address: &'f Optional<Address>,
    pub(crate) wanted: &'f Optional<Where>,
}

/// Checks that `at` can ever receive such a notification.
pub(crate) fn check_pattern(
    at: Option<&EndpointName>,
    fields: &NotificationFields<'_>,
    scope: &mut Scope<'_, '_>,
) -> Option<NotificationPattern> {
    let kind = fields.kind.value.0;
    if let Some(at) = at {
        check_subscribed(at, kind, fields.kind.span, scope);
    }
    let state = fields.state.check(|state| {
        check_state(kind, state.value.0, state.span, scope)?;
        Some(state.value.0.constant.to_owned())
    });
    let address = fields.address.check(|address| {
        check_address(at, kind, address.value.0, address.span, scope)?;
        Some(address.value.0)
    });
    let what = format!("`{}`", kind.word());
    let others = check_fields(&what, kind.fields(), fields.wanted, scope);
    Some(NotificationPattern {
        kind,
        state: state?,
        address: address?,
        fields: others?,
    })
}

fn check_subscribed(
    at: &EndpointName,
    kind: NotificationKind,
    span: Span,
    scope: &mut Scope<'_, '_>,
) {
    let asks = scope
        .facts(at)
        .is_none_or(|endpoint| endpoint.subscribe.contains(&kind));
    if !asks {
        let word = kind.word();
        scope
            .problems
            .add(
                span,
                format!("`{at}` does not ask for `{word}`"),
                "never received",
            )
            .help(format!(
                "add it to the endpoint `{at}`: `subscribe: [{word}]`, or `subscribe: all`"
            ));
    }
}

fn check_state(
    kind: NotificationKind,
    state: State,
    span: Span,
    scope: &mut Scope<'_, '_>,
) -> Option<()> {
    if state.of == kind {
        return Some(());
    }
    let words = states_of(kind);
    let help = if words.is_empty() {
        format!(
            "leave `state` out; `{}` is of `{}`",
            state.word(),
            state.of.word()
        )
    } else {
        format!(
            "its states are {}; `{}` is of `{}`",
            all_of(words.iter().map(String::as_str)),
            state.word(),
            state.of.word(),
        )
    };
    let message = format!("`{}` has no state `{}`", kind.word(), state.word());
    scope
        .problems
        .add(span, message, "of another notification")
        .help(help);
    None
}

fn check_address(
    at: Option<&EndpointName>,
    kind: NotificationKind,
    address: IpAddr,
    span: Span,
    scope: &mut Scope<'_, '_>,
) -> Option<()> {
    if kind != NotificationKind::PeerAddrChange {
        scope
            .problems
            .add(
                span,
                format!("`{}` is about no address", kind.word()),
                "not needed",
            )
            .help("leave `address` out, or look for `peer-addr-change`");
        return None;
    }
    let at = at?;
    let mut theirs = Vec::new();
    for peer in scope.story.peers(at) {
        theirs.extend(scope.addresses_of(peer)?);
    }
    if theirs.contains(&address)
        || theirs.is_empty()
        || !scope.world.complete
        || scope.story.gained.unsure
    {
        return Some(());
    }
    let known: Vec<String> = theirs.iter().map(ToString::to_string).collect();
    scope
        .problems
        .add(
            span,
            format!("`{address}` is not an address of a peer of `{at}`"),
            "not the peer's",
        )
        .help(format!(
            "the peer has {}",
            all_of(known.iter().map(String::as_str))
        ));
    None
}
