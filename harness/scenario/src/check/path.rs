//! Checks the addresses of endpoints, and so the paths to them.

use std::net::IpAddr;

use super::Scope;
use crate::diagnostic::Spanned;
use crate::model::EndpointName;
use crate::read::{Required, all_of};
use crate::value::{Address, Reference};

impl Scope<'_, '_> {
    /// A path of the association of `at` with `to`: the path to this address of `to`.
    pub(crate) fn path(
        &mut self,
        at: &Required<Reference>,
        to: &Required<Reference>,
        address: &Spanned<Address>,
    ) -> Option<(EndpointName, EndpointName, IpAddr)> {
        let (at, to) = self.association(at, to)?;
        let address = self.address_of(&to, address)?;
        Some((at, to, address))
    }

    /// An address that the endpoint has, or has had. Any other address is a mistake.
    pub(crate) fn address_of(
        &mut self,
        endpoint: &EndpointName,
        address: &Spanned<Address>,
    ) -> Option<IpAddr> {
        let ip = address.value.0;
        let known = self.addresses_of(endpoint)?;
        if known.contains(&ip) || !self.world.complete || self.story.gained.unsure {
            return Some(ip);
        }
        let known: Vec<String> = known.iter().map(ToString::to_string).collect();
        self.problems
            .add(
                address.span,
                format!("`{ip}` is not an address of `{endpoint}`"),
                "of somebody else",
            )
            .help(format!(
                "it has {}",
                all_of(known.iter().map(String::as_str))
            ));
        None
    }

    /// The addresses to which an endpoint is or was bound, if the endpoint is valid.
    pub(crate) fn addresses_of(&self, endpoint: &EndpointName) -> Option<Vec<IpAddr>> {
        let first = match (self.world.peer(endpoint), self.world.program(endpoint)) {
            (Some(peer), _) => &peer.addresses,
            (None, Some(program)) => &program.addresses,
            (None, None) => &self.facts(endpoint)?.addresses,
        };
        let first = first.iter().copied();
        let gained = self.story.gained.bound.iter();
        let gained = gained.filter(|(owner, _)| owner == endpoint);
        Some(first.chain(gained.map(|(_, address)| *address)).collect())
    }
}
