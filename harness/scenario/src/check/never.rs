//! Finds expectations that no stack can meet in any time. Such a scenario is refused, since
//! its run would wait for nothing. A scenario that is not certainly impossible is accepted.

use std::net::IpAddr;

use bounds::{Driver, Stack, Timing};
use rules::{Action, Rule};
use wire::ChunkType;

use super::cleared::check_cleared;
use super::timing::Awaited;
use super::{Scope, Side};
use crate::model::{BoundKind, EndpointName, Expected, Link, Shape, StepName, Within};

/// Notes a mistake if the expected event can never come.
pub(crate) fn check_never(awaited: &Awaited<'_>, scope: &mut Scope<'_, '_>) {
    check_unprobed(awaited, scope);
    check_reset_count(awaited, scope);
    check_cleared(awaited, scope);
    check_shutdown(awaited, scope);
}

/// A path that carries neither data nor HEARTBEATs detects no failure. Data leaves a
/// potentially failed path while another path exists (RFC 7829 section 3.2).
fn check_unprobed(awaited: &Awaited<'_>, scope: &mut Scope<'_, '_>) {
    let at = &awaited.at.name;
    let Expected::Notification(pattern) = awaited.what else {
        return;
    };
    let (Some(path), Some(state)) = (pattern.address, pattern.state.as_deref()) else {
        return;
    };
    let becomes = match state {
        "SCTP_ADDR_UNREACHABLE" => "unreachable",
        "SCTP_ADDR_AVAILABLE" => "available",
        _ => return,
    };
    let story = &scope.story;
    let off = story
        .heartbeats_off
        .iter()
        .find(|(one, _, address)| one == at && address.is_none_or(|address| address == path));
    let Some((_, to, _)) = off else { return };
    if story.heartbeats_asked.contains(at) || story.unsure || story.links_unsure {
        return;
    }
    let is_well = |address: &IpAddr| {
        let mut links = scope.world.links.iter();
        let link = links.find(|link| link.has_address(*address));
        let is_hit =
            |link: &Link| story.cut.contains_key(&link.name) || story.down.contains_key(&link.name);
        *address != path && !link.is_some_and(is_hit)
    };
    let peer = scope.world.endpoint(to);
    let has_another = peer.is_some_and(|peer| peer.addresses.iter().any(is_well));
    let nodes = &scope.world.nodes;
    let node = nodes.iter().find(|node| node.name == awaited.at.node);
    let timing = Timing {
        heartbeats: false,
        ..awaited.at.timing(node)
    };
    let forecast = bounds::failover(&Stack::LINUX, Driver::Data, timing.rto_min.into(), &timing);
    let data_leaves = has_another && (forecast.never.is_some() || becomes == "available");
    let sends = story.sent.iter().any(|(from, _)| from == at)
        || story.traffic.values().any(|(from, _)| from == at);
    let why = if data_leaves && sends {
        "data goes to another path from the first error on, and nothing probes this one"
    } else if !sends {
        "no data is sent there, and nothing probes it"
    } else {
        return;
    };
    let message = format!("`{path}` never becomes {becomes}: its HEARTBEATs are off");
    scope
        .problems
        .add(awaited.within.span, message, "waits for nothing")
        .help(format!(
            "{why} (RFC 9260 section 8.3, RFC 7829 section 3.2); leave its `heartbeat` on"
        ));
}

/// A path whose HEARTBEATs are answered does not become unreachable: the first error makes
/// it potentially failed, data goes elsewhere, and the answer to the probe clears the
/// count (RFC 7829 section 3.2, RFC 9260 section 8.3).
fn check_reset_count(awaited: &Awaited<'_>, scope: &mut Scope<'_, '_>) {
    let Expected::Notification(pattern) = awaited.what else {
        return;
    };
    let (Some(path), Some("SCTP_ADDR_UNREACHABLE")) = (pattern.address, pattern.state.as_deref())
    else {
        return;
    };
    let Some(rule) = spared(path, awaited, scope) else {
        return;
    };
    let nodes = &scope.world.nodes;
    let node = nodes.iter().find(|node| node.name == awaited.at.node);
    let timing = awaited.at.timing(node);
    // By the rules of all stacks, since otherwise the count may go on.
    let stacks = [&Stack::RFC, &Stack::LINUX, &Stack::FREEBSD];
    let is_probed = stacks.iter().all(|it| it.is_potentially_failed(1, &timing));
    if !is_probed {
        return;
    }
    let message = format!("`{path}` never becomes unreachable: its HEARTBEATs are answered");
    scope
        .problems
        .add(awaited.within.span, message, "waits for nothing")
        .help(format!(
            "`{rule}` takes no HEARTBEAT and no HEARTBEAT ACK, and each answer clears the count \
             of errors (RFC 9260 section 8.3); `cut` the link, or drop `HEARTBEAT` as well"
        ));
}

/// The rule that is the only fault of a path, and that lets HEARTBEATs and their answers
/// pass while data can use another path.
fn spared(path: IpAddr, awaited: &Awaited<'_>, scope: &Scope<'_, '_>) -> Option<StepName> {
    let (story, world, at) = (&scope.story, scope.world, &awaited.at.name);
    let is_sure = !story.unsure && !story.links_unsure && !story.gained.unsure;
    let is_changed = ["set-path", "set", "set-sysctl", "link-down"]
        .iter()
        .any(|kind| scope.names.has(kind));
    if !is_sure || is_changed || world.has_foreign() || !story.cut.is_empty() {
        return None;
    }
    let has_loss = |link: &Link| link.shape.iter().any(|shape: &Shape| shape.loss > 0.0);
    if world.links.iter().any(has_loss) {
        return None;
    }
    let mut peers = story.peers(at);
    let peer = peers.find(|peer| {
        let facts = world.endpoint(peer);
        facts.is_some_and(|facts| facts.addresses.contains(&path))
    })?;
    let pair = (at.clone(), peer.clone());
    let is_gone = story.closed.contains_key(peer)
        || story.lost.contains_key(&pair)
        || story.lost.contains_key(&(pair.1, pair.0));
    let link = world.links.iter().find(|link| link.has_address(path))?;
    let others = &world.endpoint(peer)?.addresses;
    let has_another = others.iter().any(|other| {
        let is_other = !link.has_address(*other);
        is_other && world.links.iter().any(|it| it.has_address(*other))
    });
    if is_gone || !has_another {
        return None;
    }
    let mut rules = story.rules.iter();
    // All other paths must work, so that data can use one of them.
    let is_harmless = |rule: &Rule| {
        let spares = rule.frames.chunk.as_ref().is_some_and(|chunk| {
            !matches!(chunk.kind, ChunkType::Heartbeat | ChunkType::HeartbeatAck)
        });
        rule.action == Action::Drop
            && spares
            && rule.frames.on.as_deref() == Some(link.name.as_str())
    };
    let (name, _) = rules.clone().next()?;
    rules
        .all(|(_, rule)| is_harmless(rule))
        .then(|| name.clone())
}

/// A SHUTDOWN is sent only on request, and only after all DATA is acknowledged (RFC 9260
/// section 9.2).
fn check_shutdown(awaited: &Awaited<'_>, scope: &mut Scope<'_, '_>) {
    if awaited.within.value.0 != Within::Bound(BoundKind::Shutdown)
        || scope.story.unsure
        || scope.world.has_foreign()
    {
        return;
    }
    let at = &awaited.at.name;
    let story = &scope.story;
    let peers: Vec<EndpointName> = story.peers(at).cloned().collect();
    let is_asked = |peer: &EndpointName| {
        let pairs = [(at.clone(), peer.clone()), (peer.clone(), at.clone())];
        let is_ended = |pair| story.ended.contains_key(pair) || story.lost.contains_key(pair);
        pairs.iter().any(is_ended)
            || story.closed.contains_key(at)
            || story.closed.contains_key(peer)
    };
    if !peers.is_empty() && !peers.iter().any(is_asked) {
        let message = format!("no SHUTDOWN is sent: nothing ends an association of `{at}`");
        scope
            .problems
            .add(awaited.within.span, message, "waits for nothing")
            .help(format!(
                "put `close: {{endpoint: {at}}}` or `shutdown: {{endpoint: {at}}}` before this \
                 step"
            ));
        return;
    }
    let wants_the_end = match awaited.what {
        Expected::Notification(pattern) => pattern.state.as_deref() == Some("SCTP_SHUTDOWN_COMP"),
        _ => false,
    };
    let stuck = peers.iter().find(|peer| {
        let pair = (at.clone(), (*peer).clone());
        story.unheard.contains_key(&pair) && scope.is_cut_off(at, peer)
    });
    let (true, false, Some(peer)) = (wants_the_end, story.links_unsure, stuck) else {
        return;
    };
    let by = &story.unheard[&(at.clone(), peer.clone())];
    let message =
        format!("no SHUTDOWN is sent: what `{at}` sent to `{peer}` is never acknowledged");
    scope
        .problems
        .add(awaited.within.span, message, "waits for nothing")
        .help(format!(
            "a SHUTDOWN waits until all DATA is acknowledged (RFC 9260 section 9.2), and every \
             path was cut when `{by}` sent; `restore` one before, or expect `state: comm-lost` \
             within `association-bound`"
        ));
}

impl Scope<'_, '_> {
    /// Whether every link on which the peer has an address is cut in both directions.
    pub(crate) fn is_cut_off(&self, from: &EndpointName, to: &EndpointName) -> bool {
        let Some(to) = self.world.endpoint(to) else {
            return false;
        };
        let is_cut = |link: &Link| {
            let sides = self.story.cut.get(&link.name);
            sides.is_some_and(|sides| sides.contains(&Side::Both))
        };
        let links = self.world.links.iter().filter(|link| {
            let mut addresses = to.addresses.iter();
            addresses.any(|address| link.has_address(*address))
        });
        let links: Vec<&Link> = links.collect();
        let are_on_one_node = self
            .world
            .endpoint(from)
            .is_none_or(|from| from.node == to.node);
        !links.is_empty() && !are_on_one_node && links.into_iter().all(is_cut)
    }

    /// Records a message that is sent while every path is cut.
    pub(crate) fn sends_in_vain(&mut self, from: &EndpointName, to: &EndpointName) {
        if self.is_cut_off(from, to) {
            let pair = (from.clone(), to.clone());
            self.story.unheard.insert(pair, self.own_name.clone());
        }
    }
}
