//! The checked scenario.

mod level;
mod sabotaged;

use std::time::Duration;

use bounds::Timing;

use crate::assertion::Assertion;
use crate::measure::Measure;
use crate::model::{
    Capability, EndpointName, Exercise, Expected, KnownFailure, LinePattern, Link, LinkName,
    LinuxRule, Node, NodeName, Peer, Program, RfcSection, StepName,
};
use crate::parameter::{Parameter, SEED};
use crate::sabotage::Sabotage;
use crate::socket::Endpoint;
use crate::step::{Action, Step};

pub use level::Level;

/// One scenario, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// The file's name without its ending.
    pub name: String,
    /// One sentence: what happens.
    pub title: String,
    /// The RFC sections that the scenario shows.
    pub rfc: Vec<RfcSection>,
    /// The rules by which Linux deviates from the RFC in the scenario.
    pub deviates: Vec<LinuxRule>,
    /// The capabilities that the kernel must have; otherwise the scenario is skipped.
    pub needs: Vec<Capability>,
    /// The lesson, in plain words.
    pub lesson: String,
    /// Greatest protocol time of a run.
    pub limit: Duration,
    /// The hosts, in the order of the file.
    pub nodes: Vec<Node>,
    /// The cables, in the order of the file.
    pub links: Vec<Link>,
    /// The sockets among the endpoints, in the order of the file.
    pub endpoints: Vec<Endpoint>,
    /// The scripted peers among the endpoints, in the order of the file.
    pub peers: Vec<Peer>,
    /// The programs among the endpoints, in the order of the file.
    pub programs: Vec<Program>,
    /// What happens, in order.
    pub steps: Vec<Step>,
    /// The parameters, in the order of the file.
    pub parameters: Vec<Parameter>,
    /// The assertions.
    pub assertions: Vec<Assertion>,
    /// The measures.
    pub measures: Vec<Measure>,
    /// The sabotages.
    pub sabotages: Vec<Sabotage>,
    /// Known deviations of kernels.
    pub known_failures: Vec<KnownFailure>,
    /// The exercises.
    pub exercises: Vec<Exercise>,
}

impl Scenario {
    /// The seed of the run, if a parameter gives one.
    #[must_use]
    pub fn seed(&self) -> Option<u64> {
        let mut parameters = self.parameters.iter();
        let seed = parameters.find(|it| it.name == SEED)?;
        seed.values.first()?.parse().ok()
    }

    /// The parameters whose values programs print during the run.
    pub fn captured(&self) -> impl Iterator<Item = &str> {
        let of_steps = self.steps.iter().filter_map(|step| match &step.action {
            Action::Expect(it) => match &it.what {
                Expected::Output(line) => Some(line),
                _ => None,
            },
            _ => None,
        });
        let ready = self.programs.iter().filter_map(|it| it.ready.as_ref());
        let lines = of_steps.chain(ready.map(|it| &it.output));
        lines.flat_map(LinePattern::captured)
    }

    /// The node of that name.
    #[must_use]
    pub fn node(&self, name: &NodeName) -> Option<&Node> {
        self.nodes.iter().find(|node| &node.name == name)
    }

    /// The link of that name.
    #[must_use]
    pub fn link(&self, name: &LinkName) -> Option<&Link> {
        self.links.iter().find(|link| &link.name == name)
    }

    /// The endpoint of that name.
    #[must_use]
    pub fn endpoint(&self, name: &EndpointName) -> Option<&Endpoint> {
        self.endpoints
            .iter()
            .find(|endpoint| &endpoint.name == name)
    }

    /// The scripted peer of that name.
    #[must_use]
    pub fn peer(&self, name: &EndpointName) -> Option<&Peer> {
        self.peers.iter().find(|peer| &peer.name == name)
    }

    /// Whether the lab sends for the node in place of a kernel: scripted peers are on it.
    #[must_use]
    pub fn is_hosted(&self, node: &NodeName) -> bool {
        self.peers.iter().any(|peer| &peer.node == node)
    }

    /// The step of that name.
    #[must_use]
    pub fn step(&self, name: &StepName) -> Option<&Step> {
        self.steps.iter().find(|step| &step.name == name)
    }

    /// The known failure of the kernel with this name; the first of several.
    #[must_use]
    pub fn known_failure_of(&self, kernel: &str) -> Option<&KnownFailure> {
        self.known_failures.iter().find(|it| it.is_about(kernel))
    }

    /// The initial timers of an endpoint: the kernel's defaults, changed by its node's
    /// `sysctl` and by its own settings.
    #[must_use]
    pub fn timing(&self, endpoint: &Endpoint) -> Timing {
        let node = self.nodes.iter().find(|node| node.name == endpoint.node);
        endpoint.timing(node)
    }
}
