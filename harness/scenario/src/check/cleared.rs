//! An association whose count of errors answers keep clearing.

use std::net::IpAddr;
use std::time::Duration;

use bounds::{Span, Stack, Timing, back_off};

use super::Scope;
use super::timing::Awaited;
use crate::model::{EndpointName, Expected, Link, Node, Shape};

/// The steps after which it is still known what goes where: any other may end an
/// association otherwise, change its timers, or take answers away. One that restores a
/// link may have come too late for an association.
const HARMLESS: [&str; 8] = [
    "connect", "cut", "expect", "get", "send", "stop", "traffic", "wait",
];

/// Notes it where an association is to be given up, and the answers that still come on
/// another path clear its count sooner than its errors can reach
/// Association.Max.Retrans: HEARTBEAT ACKs and SACKs of any path do that (RFC 9260
/// section 8.1).
pub(crate) fn check_cleared(awaited: &Awaited<'_>, scope: &mut Scope<'_, '_>) {
    let Expected::Notification(pattern) = awaited.what else {
        return;
    };
    if pattern.state.as_deref() != Some("SCTP_COMM_LOST") || !is_plain(scope) {
        return;
    }
    let at = &awaited.at.name;
    let peers: Vec<EndpointName> = scope.story.peers(at).cloned().collect();
    let answering: Option<Vec<&Link>> = peers
        .iter()
        .map(|peer| well(scope, at, peer).filter(|link| is_quick(link)))
        .collect();
    let answering = answering.unwrap_or_default();
    // The peer may be the one that gives it up, and say so by an ABORT.
    let ends = peers.iter().filter_map(|peer| scope.world.endpoint(peer));
    let are_cleared = ends.chain([awaited.at]).all(|end| {
        let mut nodes = scope.world.nodes.iter();
        let timing = end.timing(nodes.find(|node| node.name == end.node));
        let stacks = [&Stack::RFC, &Stack::LINUX, &Stack::FREEBSD];
        let cut = scope.story.cut.len();
        stacks.iter().all(|stack| is_cleared(stack, &timing, cut))
    });
    let (Some(answering), true) = (answering.first(), are_cleared) else {
        return;
    };
    let message = format!("the association of `{at}` is never given up: a path of it is well");
    let help = format!(
        "`{}` is not cut, and the answers there, to HEARTBEATs or to data, clear the \
         association’s count of errors (RFC 9260 section 8.1); `cut` it as well, or expect \
         `peer-addr-change` with `state: unreachable`",
        answering.name
    );
    scope
        .problems
        .add(awaited.within.span, message, "waits for nothing")
        .help(help);
}

/// Whether all that is wrong is cut links, and everything is known of them.
fn is_plain(scope: &Scope<'_, '_>) -> bool {
    let (story, world) = (&scope.story, scope.world);
    let is_sure = !story.unsure && !story.links_unsure && !story.gained.unsure;
    let has_loss = |link: &Link| link.shape.iter().any(|shape: &Shape| shape.loss > 0.0);
    let has_sysctl = |node: &Node| node.router || !node.sysctls.is_empty();
    is_sure
        && world.complete
        && !world.has_foreign()
        && !story.cut.is_empty()
        && story.heartbeats_off.is_empty()
        && story.ended.is_empty()
        && story.lost.is_empty()
        && story.closed.is_empty()
        && scope.names.kinds().all(|kind| HARMLESS.contains(&kind))
        && !world.links.iter().any(has_loss)
        && !world.nodes.iter().any(has_sysctl)
}

/// Whether it carries frames so soon that none is sent again on it.
fn is_quick(link: &Link) -> bool {
    const QUICK: Duration = Duration::from_millis(25);
    let mut shapes = link.shape.iter();
    shapes.all(|shape| shape.delay + shape.jitter <= QUICK && shape.rate.is_none())
}

/// A link between the two that is not cut, and that both have an address on.
fn well<'s>(scope: &'s Scope<'_, '_>, at: &EndpointName, peer: &EndpointName) -> Option<&'s Link> {
    let (at, peer) = (scope.world.endpoint(at)?, scope.world.endpoint(peer)?);
    let mut links = scope.world.links.iter();
    links.find(|link| {
        let is_on =
            |addresses: &[IpAddr]| addresses.iter().any(|address| link.has_address(*address));
        let is_cut = scope.story.cut.contains_key(&link.name);
        let is_between = link.end_of(&at.node).is_some() && link.end_of(&peer.node).is_some();
        !is_cut && is_between && is_on(&at.addresses) && is_on(&peer.addresses)
    })
}

/// Whether an answer on the path that is well comes sooner than so many others can count
/// Association.Max.Retrans errors. All is reckoned against that: the errors as soon, and
/// the answer as late as may be.
fn is_cleared(stack: &Stack, timing: &Timing, cut: usize) -> bool {
    // Else data may stay on a path that is cut.
    if !stack.is_potentially_failed(1, timing) {
        return false;
    }
    let errors = usize::from(timing.association_max_retrans).div_ceil(cut.max(1));
    // The first is due at once. A probe follows after half an RTO at the soonest.
    let mut rto = Span::from(timing.rto_min);
    let mut soonest = Span::ZERO;
    for _ in 1..errors {
        soonest = soonest + rto / 2;
        rto = back_off(rto, timing);
    }
    let rto = Span::from(timing.rto_initial.max(timing.rto_min));
    let interval = timing.heartbeat_interval.into();
    let answer = stack.heartbeat_pause(Some(interval), rto).most + rto;
    soonest > answer
}
