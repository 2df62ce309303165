//! Finds packets whose addresses are not those of the path that they travel on.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use crate::flow::Way;
use crate::hosts::{Host, Hosts, Link};
use crate::setting::Setting;

/// Number of address pairs that are remembered.
const REMEMBERED: usize = 4096;

/// Knows which addresses belong to one path.
///
/// Between two hosts that are joined by a link, these are the addresses of the link's
/// ends. On a path across routers, the source of the first packet to an address belongs
/// with that address, in both directions.
#[derive(Debug, Default)]
pub(crate) struct Addressing {
    own: BTreeMap<IpAddr, (Option<Host>, Option<Link>)>,
    /// Pairs of addresses of one path, the lower address first.
    pairs: BTreeSet<(IpAddr, IpAddr)>,
    paired: BTreeSet<IpAddr>,
    /// The last question and its answer: successive packets often have the same
    /// addresses.
    last: Option<((IpAddr, IpAddr, Link), bool)>,
}

impl Addressing {
    pub(crate) fn new(setting: &Setting, hosts: &Hosts) -> Self {
        let own = setting.addresses.iter().map(|(address, (host, link))| {
            let mut links = hosts.links().iter();
            let link = links.position(|name| name == link).map(Link);
            (*address, (hosts.named(host), link))
        });
        Self {
            own: own.collect(),
            ..Self::default()
        }
    }

    /// Whether a packet has the addresses of its path.
    pub(crate) fn are_own(&mut self, way: Way) -> bool {
        let Some((source, destination)) = way.addresses else {
            return true;
        };
        let asked = (source, destination, way.link);
        match self.last {
            Some((last, are_own)) if last == asked => are_own,
            _ => {
                let are_own = self.look(source, destination, way);
                self.last = Some((asked, are_own));
                are_own
            }
        }
    }

    fn look(&mut self, source: IpAddr, destination: IpAddr, way: Way) -> bool {
        let place = |address| self.own.get(address).copied().unwrap_or_default();
        let ((from, from_link), (to, to_link)) = (place(&source), place(&destination));
        if from == Some(way.from) && to == Some(way.to) {
            return from_link == Some(way.link) && to_link == Some(way.link);
        }
        let pair = (source.min(destination), source.max(destination));
        if self.pairs.contains(&pair) {
            return true;
        }
        if self.paired.contains(&destination) || self.pairs.len() >= REMEMBERED {
            return false;
        }
        self.pairs.insert(pair);
        self.paired.extend([source, destination]);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn way(from: usize, to: usize, link: usize, source: &str, destination: &str) -> Way {
        Way {
            from: Host(from),
            to: Host(to),
            link: Link(link),
            addresses: Some((address(source), address(destination))),
        }
    }

    #[test]
    fn between_neighbours_the_addresses_are_those_of_the_link() {
        let hosts = Hosts::between(
            vec!["client".into(), "server".into()],
            vec![
                ("path-a".into(), [Host(0), Host(1)]),
                ("path-b".into(), [Host(0), Host(1)]),
            ],
        );
        let mut setting = Setting::default();
        for (it, host, link) in [
            ("10.0.1.1", "client", "path-a"),
            ("10.0.1.2", "server", "path-a"),
            ("10.0.2.1", "client", "path-b"),
            ("10.0.2.2", "server", "path-b"),
        ] {
            let place = (host.to_owned(), link.to_owned());
            setting.addresses.insert(address(it), place);
        }
        let mut addressing = Addressing::new(&setting, &hosts);
        assert!(addressing.are_own(way(0, 1, 0, "10.0.1.1", "10.0.1.2")));
        assert!(!addressing.are_own(way(0, 1, 1, "10.0.1.1", "10.0.2.2")));
        assert!(!addressing.are_own(way(0, 1, 0, "10.0.2.1", "10.0.2.2")));
        assert!(addressing.are_own(way(1, 0, 1, "10.0.2.2", "10.0.2.1")));
    }

    #[test]
    fn over_routers_an_answer_comes_from_the_address_that_was_asked() {
        let mut addressing = Addressing::default();
        let mut are_own =
            |source, destination| addressing.are_own(way(0, 1, 0, source, destination));
        assert!(are_own("10.1.1.1", "10.0.1.2"));
        assert!(!are_own("10.0.2.2", "10.1.1.1"), "the very first answer");
        assert!(are_own("10.0.1.2", "10.1.1.1"));
        assert!(are_own("10.1.2.1", "10.0.2.2"));
        assert!(are_own("10.0.2.2", "10.1.2.1"));
        assert!(!are_own("10.0.2.2", "10.1.1.1"));
        assert!(are_own("10.1.1.1", "10.0.1.3"), "one source of two paths");
        assert!(are_own("10.0.1.3", "10.1.1.1"));
    }
}
