//! Checks time limits: those of expectations, and that of the run.

use std::time::Duration;

use bounds::{Driver, Span as Length, Stack};

use super::never::check_never;
use super::{Scope, Story};
use crate::diagnostic::{Problems, Span, Spanned};
use crate::model::{
    BoundKind, Expected, NotificationKind, NotificationPattern, Shape, StepName, Within,
};
use crate::socket::Endpoint;
use crate::value::{TimeLimit, spelled};

/// An expectation, reduced to what its time limit depends on.
pub(crate) struct Awaited<'e> {
    pub(crate) at: &'e Endpoint,
    pub(crate) what: &'e Expected,
    pub(crate) within: &'e Spanned<TimeLimit>,
    pub(crate) since: Option<&'e StepName>,
}

/// Notes a mistake if the expected event can never come, if it cannot come in this time, or
/// if the bound does not belong to the event.
pub(crate) fn check_within(awaited: &Awaited<'_>, scope: &mut Scope<'_, '_>) {
    check_never(awaited, scope);
    match awaited.within.value.0 {
        Within::Fixed(time) => check_time(awaited, time, scope),
        Within::Bound(bound) => check_bound(awaited, bound, scope),
    }
}

/// Notes a mistake if the bound of a path is used without the path's address, or the bound
/// of an association for a message.
fn check_bound(awaited: &Awaited<'_>, bound: BoundKind, scope: &mut Scope<'_, '_>) {
    let of_a_path = matches!(bound, BoundKind::Failover | BoundKind::Heartbeat);
    let names_a_path = match awaited.what {
        Expected::Notification(pattern) => pattern.address.is_some(),
        _ => false,
    };
    if of_a_path && !names_a_path {
        let message = format!("`{}` is the bound of a path", bound.word());
        scope
            .problems
            .add(awaited.within.span, message, "of which one?")
            .help(
                "say which by `notification: peer-addr-change` and `address: …`, \
                 or write a time such as `10s`",
            );
    }
    if let (false, Expected::Message { .. }) = (of_a_path, awaited.what) {
        let message = format!("`{}` is not the bound of a message", bound.word());
        scope
            .problems
            .add(awaited.within.span, message, "of an association")
            .help("write a time such as `10s`");
    }
}

/// Notes a mistake if the time is too short for a path to become unreachable. A path becomes
/// unreachable only after more than Path.Max.Retrans errors (RFC 9260 section 8.2), and no
/// timer is shorter than RTO.Min. The time is computed by Linux's rules.
fn check_time(awaited: &Awaited<'_>, time: Duration, scope: &mut Scope<'_, '_>) {
    if time.is_zero() {
        scope
            .problems
            .add(
                awaited.within.span,
                "nothing is seen in no time",
                "too soon",
            )
            .help("write a time such as `1s`");
        return;
    }
    // With timers other than the endpoint's own, the event may come earlier.
    let is_retimed = scope.story.retimed || scope.names.has("set-path");
    if !is_unreachable(awaited.what) || is_retimed || !fails_first_at(awaited.since, scope) {
        return;
    }
    let nodes = &scope.world.nodes;
    let node = nodes.iter().find(|node| node.name == awaited.at.node);
    let timing = awaited.at.timing(node);
    let soonest = [Driver::Data, Driver::Heartbeats]
        .map(|driver| bounds::failover(&Stack::LINUX, driver, timing.rto_min.into(), &timing))
        .into_iter()
        .min_by_key(|forecast| forecast.interval.least);
    if let Some(soonest) = soonest
        && Length::from(time) < soonest.interval.least
    {
        let least = match soonest.interval.least {
            Length::FOREVER => "longer than can be computed".to_owned(),
            least => format!("{:.1}s at least", least.as_secs_f64()),
        };
        let message = format!(
            "no path becomes unreachable within {}: its timers take {least}",
            spelled(time),
        );
        scope
            .problems
            .add(awaited.within.span, message, "too soon")
            .help(format!(
                "{}; write `failover-bound`, or change the `timers` of `{}`",
                soonest.sum(),
                awaited.at.name
            ));
    }
}

fn is_unreachable(what: &Expected) -> bool {
    matches!(
        what,
        Expected::Notification(NotificationPattern {
            kind: NotificationKind::PeerAddrChange,
            state: Some(state),
            ..
        }) if state == "SCTP_ADDR_UNREACHABLE"
    )
}

/// Whether the step `since` is the first fault and cuts a link, so that the time counts from
/// the beginning of the failure. A link that is down instead of cut may be noticed at once.
fn fails_first_at(since: Option<&StepName>, scope: &Scope<'_, '_>) -> bool {
    let all_well = |shape: &Shape| shape.loss == 0.0;
    let cuts = |step: &StepName| {
        let named = scope.names.get(step.as_str());
        named.is_some_and(|named| named.kind == "cut")
    };
    since.is_some_and(cuts)
        && since == scope.story.first_fault.as_ref()
        && scope
            .world
            .links
            .iter()
            .all(|link| link.shape.iter().all(all_well))
}

/// Notes a mistake if the waits alone exceed the limit of the run.
pub(crate) fn check_limit(limit: Duration, span: Span, story: &Story, problems: &mut Problems<'_>) {
    if story.waited > limit {
        problems
            .add(
                span,
                format!(
                    "the limit is {}, but the waits alone take {}",
                    spelled(limit),
                    spelled(story.waited)
                ),
                "too short",
            )
            .help(format!(
                "write a `limit` of more than {}",
                spelled(story.waited)
            ));
    }
}
