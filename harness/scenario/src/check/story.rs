//! The story of a scenario: the effects of its steps, as the checker follows them.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::time::Duration;

use ipnet::IpNet;
use rules::Rule;

use super::World;
use crate::model::{EndpointName, LinkName, NodeName, Role, Route, StepName};

/// The effects of all steps so far.
#[derive(Clone, Default)]
pub(crate) struct Story {
    /// Pairs of endpoints that have connected, in both orders, including ended
    /// associations.
    pub(crate) associated: BTreeSet<(EndpointName, EndpointName)>,
    /// Whether a connect was wrong, so that the associations are unknown.
    pub(crate) unsure: bool,
    /// Whether a step on links was wrong, so that the cut links are unknown.
    pub(crate) links_unsure: bool,
    /// Whether a sending step was wrong, so that the senders are unknown.
    pub(crate) sending_unsure: bool,
    /// Pairs whose first endpoint has ended the association since they last connected,
    /// and the step that ended it.
    pub(crate) ended: BTreeMap<(EndpointName, EndpointName), StepName>,
    /// Pairs whose first endpoint was killed during the association, and the step that
    /// killed it. The second endpoint may still believe in the association.
    pub(crate) lost: BTreeMap<(EndpointName, EndpointName), StepName>,
    /// Endpoints without a socket, and the step that closed it.
    pub(crate) closed: BTreeMap<EndpointName, StepName>,
    /// Endpoints that do not read, and the step that paused them.
    pub(crate) paused: BTreeMap<EndpointName, StepName>,
    /// Endpoints with an association on a socket of its own.
    pub(crate) peeled: BTreeSet<EndpointName>,
    /// Names that were bound at a peer.
    pub(crate) bound: BTreeSet<(EndpointName, String)>,
    /// Pairs whose first endpoint has sent to the second.
    pub(crate) sent: BTreeSet<(EndpointName, EndpointName)>,
    /// Sender and receiver of each traffic that has not been stopped.
    pub(crate) traffic: BTreeMap<StepName, (EndpointName, EndpointName)>,
    /// Programs that have been started.
    pub(crate) started: BTreeSet<EndpointName>,
    /// Pairs whose first endpoint has asked the second for more streams.
    pub(crate) streams_added: BTreeSet<(EndpointName, EndpointName)>,
    /// Traffic that was stopped and rules that were removed, and the step that did so.
    pub(crate) undone: BTreeMap<StepName, StepName>,
    /// Pairs whose first endpoint has sent to the second while every path was cut, and the
    /// last such step.
    pub(crate) unheard: BTreeMap<(EndpointName, EndpointName), StepName>,
    /// The rules in force.
    pub(crate) rules: BTreeMap<StepName, Rule>,
    pub(crate) cut: Sides,
    /// The first step that made frames vanish. Before it there was no fault.
    pub(crate) first_fault: Option<StepName>,
    pub(crate) down: Sides,
    /// Addresses and routes that were added since the start.
    pub(crate) gained: Gained,
    /// Pairs whose first endpoint sends the second no HEARTBEATs: on this path, or on all.
    pub(crate) heartbeats_off: BTreeSet<(EndpointName, EndpointName, Option<IpAddr>)>,
    /// Endpoints that have asked for a HEARTBEAT out of turn.
    pub(crate) heartbeats_asked: BTreeSet<EndpointName>,
    /// The last step that changed something.
    pub(crate) last_action: Option<StepName>,
    /// Whether a step has changed the limits of a retransmission timer.
    pub(crate) retimed: bool,
    /// Total weight of all messages that are sent by number.
    pub(crate) weight: u64,
    /// The sum of all waits.
    pub(crate) waited: Duration,
}

/// Addresses and routes that steps have added.
#[derive(Clone, Default)]
pub(crate) struct Gained {
    /// Whether an address was wrong, so that the addresses are unknown.
    pub(crate) unsure: bool,
    /// Addresses to which endpoints were bound.
    pub(crate) bound: BTreeSet<(EndpointName, IpAddr)>,
    /// The addresses of interfaces.
    pub(crate) interfaces: BTreeSet<(NodeName, LinkName, IpNet)>,
    /// The routes of nodes.
    pub(crate) routes: Vec<(NodeName, Route)>,
}

/// The sides of links that are cut or down.
pub(crate) type Sides = BTreeMap<LinkName, BTreeSet<Side>>;

/// One side of a link, or both.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Side {
    Both,
    Of(NodeName),
}

impl Side {
    pub(crate) fn of(node: Option<&NodeName>) -> Self {
        node.map_or(Side::Both, |node| Side::Of(node.clone()))
    }
}

impl Story {
    /// A story of which nothing is known.
    pub(crate) fn anything() -> Self {
        Self {
            unsure: true,
            links_unsure: true,
            sending_unsure: true,
            gained: Gained {
                unsure: true,
                ..Gained::default()
            },
            ..Self::default()
        }
    }

    /// Records that a step of that kind was wrong, so that its consequences are not
    /// reported as well.
    pub(crate) fn something_was_wrong(&mut self, kind: &str) {
        match kind {
            "connect" => self.unsure = true,
            "send" | "traffic" => self.sending_unsure = true,
            "stop" => self.traffic.clear(),
            "cut" | "restore" | "link-down" | "link-up" => self.links_unsure = true,
            "add-address" | "add-interface-address" => self.gained.unsure = true,
            _ => {}
        }
    }

    pub(crate) fn connect(&mut self, from: &EndpointName, to: &EndpointName) {
        for pair in [(from.clone(), to.clone()), (to.clone(), from.clone())] {
            self.ended.remove(&pair);
            self.lost.remove(&pair);
            self.associated.insert(pair);
        }
    }

    /// Removes an endpoint without telling its peers.
    pub(crate) fn kill(&mut self, endpoint: &EndpointName, by: &StepName) {
        let lost: Vec<_> = self.peers(endpoint).cloned().collect();
        for peer in lost {
            self.lost.insert((endpoint.clone(), peer), by.clone());
        }
        self.closed.insert(endpoint.clone(), by.clone());
        self.paused.remove(endpoint);
    }

    /// Records that a message is sent, and the messages that roles of its receivers send
    /// in turn.
    pub(crate) fn sends(&mut self, from: &EndpointName, to: &EndpointName, world: &World) {
        let mut more = vec![(from.clone(), to.clone())];
        while let Some((from, to)) = more.pop() {
            if !self.sent.insert((from.clone(), to.clone())) {
                continue;
            }
            match world.endpoint(&to).and_then(|to| to.role.as_ref()) {
                Some(Role::Echo | Role::Answer) => more.push((to, from)),
                Some(Role::Relay(next)) if *next == from => {
                    let back = self.sent.iter();
                    let back = back.filter(|(sender, relay)| *relay == to && sender != next);
                    more.extend(back.map(|(sender, _)| (to.clone(), sender.clone())));
                }
                Some(Role::Relay(next)) => more.push((to, next.clone())),
                None => {}
            }
        }
    }

    /// The endpoints that `endpoint` has been associated with.
    pub(crate) fn peers<'s>(
        &'s self,
        endpoint: &'s EndpointName,
    ) -> impl Iterator<Item = &'s EndpointName> + Clone {
        self.associated
            .iter()
            .filter(move |(one, _)| one == endpoint)
            .map(|(_, other)| other)
    }
}
