//! The network and the endpoints of a scenario, for the checks of its steps.

use std::net::IpAddr;

use super::names::find_named;
use crate::diagnostic::{Problems, Spanned};
use crate::model::{EndpointName, Link, LinkName, Node, NodeName, Peer, Program};
use crate::socket::Endpoint;
use crate::value::{Name, Reference};

/// The network and the endpoints, as far as they could be read.
#[derive(Default)]
pub(crate) struct World {
    /// The parts that could not be read. Names in these parts are not reported as
    /// unknown.
    pub(crate) unreadable: Unreadable,
    pub(crate) nodes: Vec<Node>,
    pub(crate) links: Vec<Link>,
    /// All names of links, including wrong ones.
    pub(crate) link_names: Vec<LinkName>,
    pub(crate) endpoints: Vec<Known>,
    /// Whether all links could be read. If not, addresses are not reported as unknown.
    pub(crate) complete: bool,
}

/// Parts of a file that are missing, or are neither lists nor maps.
#[derive(Default)]
pub(crate) struct Unreadable {
    pub(crate) nodes: bool,
    pub(crate) links: bool,
    pub(crate) endpoints: bool,
}

/// An endpoint with a known name, and the rest of it if it is valid.
pub(crate) struct Known {
    pub(crate) name: EndpointName,
    pub(crate) endpoint: Option<Endpoint>,
    /// Whether it is a scripted peer, which has no socket.
    pub(crate) scripted: bool,
    pub(crate) peer: Option<Peer>,
    /// Whether it is a program of the user's, of which the lab has no socket.
    pub(crate) is_program: bool,
    pub(crate) program: Option<Program>,
}

impl World {
    pub(crate) fn has_node(&self, name: &str) -> bool {
        self.nodes.iter().any(|node| node.name.as_str() == name)
    }

    /// Looks a node up by name, and notes a mistake if there is none.
    pub(crate) fn find_node(
        &self,
        name: &Spanned<Reference>,
        problems: &mut Problems<'_>,
    ) -> Option<NodeName> {
        let names = self.nodes.iter().map(|node| node.name.as_str());
        find_named(("node", self.unreadable.nodes), name, names, problems)?;
        Some(NodeName::new(&name.value.0))
    }

    /// Looks a link up by name, and notes a mistake if there is none.
    pub(crate) fn find_link(
        &self,
        name: &Spanned<Reference>,
        problems: &mut Problems<'_>,
    ) -> Option<LinkName> {
        let names = self.link_names.iter().map(LinkName::as_str);
        find_named(("link", self.unreadable.links), name, names, problems)?;
        Some(LinkName::new(&name.value.0))
    }

    /// Looks an endpoint with a socket up by name, and notes a mistake if there is none.
    pub(crate) fn find_endpoint(
        &self,
        name: &Spanned<Reference>,
        problems: &mut Problems<'_>,
    ) -> Option<EndpointName> {
        let found = self.find_party(name, problems)?;
        if self.is_scripted(&found) {
            problems
                .add(
                    name.span,
                    format!("`{found}` is a scripted peer"),
                    "no socket here",
                )
                .help(
                    "it does what `emit` has it say, and `await` and `silence` are what it hears; \
                     name an endpoint with a socket",
                );
            return None;
        }
        if self.is_program(&found) {
            problems
                .add(
                    name.span,
                    format!("`{found}` is a program"),
                    "its socket is its own",
                )
                .help(format!(
                    "the lab sees its packets (`chunks`), its output and its end: \
                     `expect: {{at: {found}, output: \"…\", within: 5s}}`, and how its kernel \
                     has its paths and associations: `path: 10.0.1.2, state: unreachable` and \
                     `association: ended`; name an endpoint with a socket of the lab's"
                ));
            return None;
        }
        Some(found)
    }

    /// Looks an endpoint of any kind up by name, and notes a mistake if there is none.
    pub(crate) fn find_party(
        &self,
        name: &Spanned<Reference>,
        problems: &mut Problems<'_>,
    ) -> Option<EndpointName> {
        let names = self.endpoints.iter().map(|known| known.name.as_str());
        find_named(
            ("endpoint", self.unreadable.endpoints),
            name,
            names,
            problems,
        )?;
        Some(EndpointName::new(&name.value.0))
    }

    pub(crate) fn link(&self, name: &LinkName) -> Option<&Link> {
        self.links.iter().find(|link| &link.name == name)
    }

    pub(crate) fn endpoint(&self, name: &EndpointName) -> Option<&Endpoint> {
        self.endpoints
            .iter()
            .find(|known| &known.name == name)
            .and_then(|known| known.endpoint.as_ref())
    }

    /// The endpoint with this name, so that its parts can be added.
    pub(crate) fn known_mut(&mut self, name: &Name) -> Option<&mut Known> {
        let mut all = self.endpoints.iter_mut();
        all.find(|known| known.name.as_str() == name.0)
    }

    /// Whether the endpoint is a scripted peer.
    pub(crate) fn is_scripted(&self, name: &EndpointName) -> bool {
        let mut all = self.endpoints.iter();
        all.any(|known| &known.name == name && known.scripted)
    }

    /// Whether the endpoint is a program.
    pub(crate) fn is_program(&self, name: &EndpointName) -> bool {
        let mut all = self.endpoints.iter();
        all.any(|known| &known.name == name && known.is_program)
    }

    /// Whether the endpoint has no socket of the lab's, so that its actions are unknown.
    pub(crate) fn is_foreign(&self, name: &EndpointName) -> bool {
        self.is_scripted(name) || self.is_program(name)
    }

    /// Whether there are endpoints without a socket of the lab's, which make the
    /// associations unknown.
    pub(crate) fn has_foreign(&self) -> bool {
        let mut all = self.endpoints.iter();
        all.any(|known| known.scripted || known.is_program)
    }

    pub(crate) fn program(&self, name: &EndpointName) -> Option<&Program> {
        let mut all = self.endpoints.iter();
        all.find(|known| &known.name == name)?.program.as_ref()
    }

    pub(crate) fn peer(&self, name: &EndpointName) -> Option<&Peer> {
        let mut all = self.endpoints.iter();
        all.find(|known| &known.name == name)?.peer.as_ref()
    }

    /// Whether the lab sends for a node in place of a kernel.
    pub(crate) fn is_hosted(&self, node: &NodeName) -> bool {
        let mut peers = self.endpoints.iter().filter_map(|it| it.peer.as_ref());
        peers.any(|peer| &peer.node == node)
    }

    /// All addresses of a node, in the order of the links.
    pub(crate) fn addresses_of(&self, node: &NodeName) -> Vec<IpAddr> {
        self.links
            .iter()
            .flat_map(|link| &link.ends)
            .filter(|end| &end.node == node)
            .flat_map(|end| &end.addresses)
            .map(|net| net.addr())
            .collect()
    }
}
