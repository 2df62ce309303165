use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::time::Duration;

use ipnet::IpNet;

use super::World;
use crate::model::{AddRule, EndpointName, LinkName, NodeName, Role, Route, StepName};

/// What has happened up to a step.
#[derive(Clone, Default)]
pub(crate) struct Story {
    /// Who has connected to whom, in both orders, ended or not.
    pub(crate) associated: BTreeSet<(EndpointName, EndpointName)>,
    /// A connect was wrong, so that nobody can say who is associated.
    pub(crate) unsure: bool,
    /// A step on links was wrong, so that nobody can say what is cut or down.
    pub(crate) links_unsure: bool,
    /// A step that sends was wrong, so that nobody can say who sent to whom.
    pub(crate) sending_unsure: bool,
    /// Who has ended its association with whom since they last connected, and
    /// by which step.
    pub(crate) ended: BTreeMap<(EndpointName, EndpointName), StepName>,
    /// Who was killed in an association with whom, and by which step. The
    /// other may not know.
    pub(crate) lost: BTreeMap<(EndpointName, EndpointName), StepName>,
    /// Who has no socket, and by which step.
    pub(crate) closed: BTreeMap<EndpointName, StepName>,
    /// Who does not read, and by which step.
    pub(crate) paused: BTreeMap<EndpointName, StepName>,
    /// Who has an association on a socket of its own.
    pub(crate) peeled: BTreeSet<EndpointName>,
    /// What was given names at which peer.
    pub(crate) bound: BTreeSet<(EndpointName, String)>,
    /// Who has sent to whom.
    pub(crate) sent: BTreeSet<(EndpointName, EndpointName)>,
    /// Who sends to whom by which traffic, until it is stopped.
    pub(crate) traffic: BTreeMap<StepName, (EndpointName, EndpointName)>,
    /// Which programs have been started.
    pub(crate) started: BTreeSet<EndpointName>,
    /// Who has asked for more streams to whom.
    pub(crate) streams_added: BTreeSet<(EndpointName, EndpointName)>,
    /// Traffic that was stopped and rules that were removed, and by which step.
    pub(crate) undone: BTreeMap<StepName, StepName>,
    /// Who has sent to whom while every path was cut, and by which step last.
    pub(crate) unheard: BTreeMap<(EndpointName, EndpointName), StepName>,
    /// The rules that were put in and not removed.
    pub(crate) rules: BTreeMap<StepName, AddRule>,
    pub(crate) cut: Sides,
    /// The first step that made frames vanish: before it all was well.
    pub(crate) first_fault: Option<StepName>,
    pub(crate) down: Sides,
    /// What endpoints and interfaces were given since the start.
    pub(crate) gained: Gained,
    /// Whose HEARTBEATs to whom are off: on that path, or on all.
    pub(crate) heartbeats_off: BTreeSet<(EndpointName, EndpointName, Option<IpAddr>)>,
    /// Who has asked for a HEARTBEAT out of turn.
    pub(crate) heartbeats_asked: BTreeSet<EndpointName>,
    /// The last step that changed something.
    pub(crate) last_action: Option<StepName>,
    /// Somebody has changed the bounds of its retransmission timer.
    pub(crate) retimed: bool,
    /// What all messages weigh that are sent by number.
    pub(crate) weight: u64,
    /// The sum of all waits.
    pub(crate) waited: Duration,
}

/// Addresses and routes that were added in mid-run.
#[derive(Clone, Default)]
pub(crate) struct Gained {
    /// An address was wrong, so that nobody can say who has which.
    pub(crate) unsure: bool,
    /// The addresses that endpoints were bound to.
    pub(crate) bound: BTreeSet<(EndpointName, IpAddr)>,
    /// The addresses of interfaces.
    pub(crate) interfaces: BTreeSet<(NodeName, LinkName, IpNet)>,
    /// The routes of nodes.
    pub(crate) routes: Vec<(NodeName, Route)>,
}

/// Which sides of which links are cut or down.
pub(crate) type Sides = BTreeMap<LinkName, BTreeSet<Side>>;

/// A node's side of a link, or both.
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

    /// Takes note that a step of that kind was wrong, so that what depends on
    /// it is not reported as well.
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

    /// Takes an endpoint away; its peers are not told.
    pub(crate) fn kill(&mut self, endpoint: &EndpointName, by: &StepName) {
        let lost: Vec<_> = self.peers(endpoint).cloned().collect();
        for peer in lost {
            self.lost.insert((endpoint.clone(), peer), by.clone());
        }
        self.closed.insert(endpoint.clone(), by.clone());
        self.paused.remove(endpoint);
    }

    /// Takes note that a message is sent, and of what the receivers' roles make
    /// of it.
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

    /// Whom `endpoint` has been associated with.
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
