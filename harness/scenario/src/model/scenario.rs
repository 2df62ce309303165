use std::fmt;
use std::time::Duration;

use super::{
    Assertion, Capability, Deviation, Endpoint, EndpointName, Link, LinkName, Node, NodeName, Peer,
    Sabotage, Step, StepName,
};
use crate::measure::Measure;
use crate::parameter::{Parameter, SEED};

/// One scenario, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// The file's name without its ending.
    pub name: String,
    /// One sentence: what happens.
    pub title: String,
    /// What it shows.
    pub rfc: Vec<RfcSection>,
    /// What the kernel must be able to do; one that is not skips the scenario.
    pub needs: Vec<Capability>,
    /// The lesson, in plain words.
    pub lesson: String,
    /// The most protocol time that it may take.
    pub limit: Duration,
    /// The hosts, in the order of the file.
    pub nodes: Vec<Node>,
    /// The cables, in the order of the file.
    pub links: Vec<Link>,
    /// The sockets among the endpoints, in the order of the file.
    pub endpoints: Vec<Endpoint>,
    /// The scripted peers among the endpoints, in the order of the file.
    pub peers: Vec<Peer>,
    /// What happens, in order.
    pub steps: Vec<Step>,
    /// What it leaves open, in the order of the file.
    pub parameters: Vec<Parameter>,
    /// What must be true afterwards.
    pub assertions: Vec<Assertion>,
    /// What is to be measured.
    pub measures: Vec<Measure>,
    /// The changes under which it must fail.
    pub sabotages: Vec<Sabotage>,
    /// What kernels are known to do otherwise.
    pub deviations: Vec<Deviation>,
}

impl Scenario {
    /// The seed that its parameters give the run, if they do.
    #[must_use]
    pub fn seed(&self) -> Option<u64> {
        let mut parameters = self.parameters.iter();
        let seed = parameters.find(|it| it.name == SEED)?;
        seed.values.first()?.parse().ok()
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

    /// Whether the lab speaks for a node: scripted peers are on it.
    #[must_use]
    pub fn is_hosted(&self, node: &NodeName) -> bool {
        self.peers.iter().any(|peer| &peer.node == node)
    }

    /// The step of that name.
    #[must_use]
    pub fn step(&self, name: &StepName) -> Option<&Step> {
        self.steps.iter().find(|step| &step.name == name)
    }
}

/// A section of an RFC, written `9260#8.3` in a scenario.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RfcSection {
    /// The RFC's number.
    pub rfc: u16,
    /// The section; `None` is the whole.
    pub section: Option<String>,
}

impl RfcSection {
    /// Where it is to be read.
    #[must_use]
    pub fn url(&self) -> String {
        let page = format!("https://www.rfc-editor.org/rfc/rfc{}", self.rfc);
        match &self.section {
            None => page,
            Some(section) if section.starts_with(|it: char| it.is_ascii_digit()) => {
                format!("{page}#section-{section}")
            }
            Some(appendix) => format!("{page}#appendix-{appendix}"),
        }
    }
}

impl fmt::Display for RfcSection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.section {
            Some(section) => write!(f, "RFC {} section {section}", self.rfc),
            None => write!(f, "RFC {}", self.rfc),
        }
    }
}
