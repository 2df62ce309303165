//! Finds an expectation that an association is given up although answers keep clearing
//! its error count.

use std::net::IpAddr;
use std::time::Duration;

use bounds::{Span, Stack, Timing, back_off};

use super::Scope;
use super::timing::Awaited;
use crate::model::{EndpointName, Expected, Link, Node, Shape};

/// The steps that leave associations, timers and answers unchanged. Any other step may
/// end an association, change its timers, or remove answers. A step that restores a link
/// may come too late for an association.
const HARMLESS: [&str; 8] = [
    "connect", "cut", "expect", "get", "send", "stop", "traffic", "wait",
];

/// Notes a mistake if an association is expected to be given up, but answers on another
/// path clear its error count before the count can reach Association.Max.Retrans:
/// HEARTBEAT ACKs and SACKs of any path do that (RFC 9260 section 8.1).
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
    // The peer may be the one that gives the association up, and report it by an ABORT.
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

/// Whether cut links are the only faults, and all of them are known.
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

/// Whether the link is so fast that no frame on it is retransmitted.
fn is_quick(link: &Link) -> bool {
    const QUICK: Duration = Duration::from_millis(25);
    let mut shapes = link.shape.iter();
    shapes.all(|shape| shape.delay + shape.jitter <= QUICK && shape.rate.is_none())
}

/// A link between the two endpoints that is not cut, and on which both have an address.
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

/// Whether an answer on the working path comes before the other paths can count
/// Association.Max.Retrans errors. The fastest errors are compared with the slowest
/// answer.
fn is_cleared(stack: &Stack, timing: &Timing, cut: usize) -> bool {
    // Unless the first error makes a path potentially failed, data may stay on a path that
    // is cut.
    if !stack.is_potentially_failed(1, timing) {
        return false;
    }
    let errors = usize::from(timing.association_max_retrans).div_ceil(cut.max(1));
    // The first error is due at once. A probe follows after half an RTO at the earliest.
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
