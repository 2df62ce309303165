use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::model::{EndpointName, LinkName, NodeName, StepName};

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
    /// Who was closed or aborted since it last connected, and by which step.
    pub(crate) ended: BTreeMap<EndpointName, StepName>,
    /// Who has sent to whom.
    pub(crate) sent: BTreeSet<(EndpointName, EndpointName)>,
    /// Who sends by which traffic, until it is stopped.
    pub(crate) traffic: BTreeMap<StepName, EndpointName>,
    /// Traffic that was stopped and rules that were removed, and by which step.
    pub(crate) undone: BTreeMap<StepName, StepName>,
    pub(crate) cut: Sides,
    /// The first step that made frames vanish: before it all was well.
    pub(crate) first_fault: Option<StepName>,
    pub(crate) down: Sides,
    /// The last step that changed something.
    pub(crate) last_action: Option<StepName>,
    /// The sum of all waits.
    pub(crate) waited: Duration,
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
            _ => {}
        }
    }

    pub(crate) fn connect(&mut self, from: &EndpointName, to: &EndpointName) {
        self.associated.insert((from.clone(), to.clone()));
        self.associated.insert((to.clone(), from.clone()));
        self.ended.remove(from);
        self.ended.remove(to);
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
