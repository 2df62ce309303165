//! The hosts and links of a ladder.

use std::collections::BTreeMap;

use recording::Interface;

/// A host: an index into [`Hosts::names`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Host(pub usize);

/// A link: an index into [`Hosts::links`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link(pub usize);

/// The hosts and links of a capture in the order of its interfaces, and the peer at the
/// other end of each interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hosts {
    names: Vec<String>,
    links: Vec<String>,
    /// The ends of links, by the number of the interface in the capture.
    ends: Vec<End>,
}

/// A captured interface: the end of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct End {
    pub(crate) link: Link,
    /// The host of the interface.
    pub(crate) host: Host,
    /// The host at the other end of the link.
    pub(crate) peer: Host,
    /// Whether the other end was captured, too.
    pub(crate) peer_is_captured: bool,
}

impl Hosts {
    /// Learns hosts and links from the interfaces of a capture. A link of which
    /// only one end was captured leads to a host `beyond LINK`.
    #[must_use]
    pub fn of(interfaces: &[Interface]) -> Self {
        let (mut names, mut links) = (Numbered::default(), Numbered::default());
        // The first two hosts of each link. Each is the peer of the other.
        let mut at: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for Interface { node, link } in interfaces {
            names.number_of(node);
            links.number_of(link);
            let at = at.entry(link).or_default();
            if at.len() < 2 && !at.contains(&node.as_str()) {
                at.push(node);
            }
        }
        let ends = interfaces.iter().map(|Interface { node, link }| {
            let mut others = at.get(link.as_str()).into_iter().flatten();
            let other = others.find(|other| **other != node);
            End {
                link: Link(links.number_of(link)),
                host: Host(names.number_of(node)),
                peer: Host(match other {
                    Some(other) => names.number_of(other),
                    None => names.number_of(&format!("beyond {link}")),
                }),
                peer_is_captured: other.is_some(),
            }
        });
        let ends = ends.collect();
        Self {
            names: names.in_order,
            links: links.in_order,
            ends,
        }
    }

    /// Hosts and links with two ends: interface `2n` is the first end of link `n`, and
    /// interface `2n + 1` the second. Packets are captured only where they leave.
    #[must_use]
    pub fn between(names: Vec<String>, links: Vec<(String, [Host; 2])>) -> Self {
        let mut ends = Vec::new();
        for (number, (_, [one, other])) in links.iter().enumerate() {
            for (host, peer) in [(*one, *other), (*other, *one)] {
                ends.push(End {
                    link: Link(number),
                    host,
                    peer,
                    peer_is_captured: false,
                });
            }
        }
        let links = links.into_iter().map(|(name, _)| name).collect();
        Self { names, links, ends }
    }

    /// Hosts and links whose packets may be captured where they leave and where they
    /// arrive. Interfaces `4n` and `4n + 1` are the ends of link `n` for packets that
    /// were captured at both, `4n + 2` and `4n + 3` for those captured at one.
    #[must_use]
    pub fn beside(names: Vec<String>, links: Vec<(String, [Host; 2])>) -> Self {
        let mut hosts = Self::between(names, links);
        let ends = hosts.ends.chunks(2).flat_map(|ends| {
            let both = |peer_is_captured| {
                ends.iter().map(move |it| End {
                    peer_is_captured,
                    ..*it
                })
            };
            both(true).chain(both(false))
        });
        hosts.ends = ends.collect();
        hosts
    }

    /// The hosts' names, from left to right.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The links' names.
    #[must_use]
    pub fn links(&self) -> &[String] {
        &self.links
    }

    /// The name of a host.
    #[must_use]
    pub fn name(&self, host: Host) -> &str {
        self.names.get(host.0).map_or("?", String::as_str)
    }

    /// The name of a link.
    #[must_use]
    pub fn link(&self, link: Link) -> &str {
        self.links.get(link.0).map_or("?", String::as_str)
    }

    /// The host with this name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<Host> {
        self.names.iter().position(|it| it == name).map(Host)
    }

    pub(crate) fn end(&self, interface: usize) -> Option<End> {
        self.ends.get(interface).copied()
    }
}

/// Names, numbered in the order of their occurrence: a capture may have thousands.
#[derive(Default)]
struct Numbered {
    in_order: Vec<String>,
    numbers: BTreeMap<String, usize>,
}

impl Numbered {
    /// The number of `name`; a new name gets the next number.
    fn number_of(&mut self, name: &str) -> usize {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.in_order.len();
        self.in_order.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interface(node: &str, link: &str) -> Interface {
        Interface {
            node: node.into(),
            link: link.into(),
        }
    }

    #[test]
    fn each_end_of_a_link_knows_the_other() {
        let hosts = Hosts::of(&[
            interface("client", "path-a"),
            interface("server", "path-a"),
            interface("client", "uplink"),
        ]);
        assert_eq!(hosts.names(), ["client", "server", "beyond uplink"]);
        assert_eq!(hosts.links(), ["path-a", "uplink"]);
        let end = hosts.end(1).unwrap();
        assert_eq!((end.host, end.peer), (Host(1), Host(0)));
        assert!(end.peer_is_captured);
        assert!(!hosts.end(2).unwrap().peer_is_captured);
        assert_eq!(hosts.end(3), None);
    }

    #[test]
    fn beside_each_other_a_link_has_ends_that_are_both_captured_and_others() {
        let names = ["one", "other"].map(str::to_owned).to_vec();
        let link = ("path-1".to_owned(), [Host(1), Host(0)]);
        let hosts = Hosts::beside(names, vec![link]);
        let ends = (0..5).map(|it| hosts.end(it).map(|it| (it.host.0, it.peer_is_captured)));
        assert_eq!(
            ends.collect::<Vec<_>>(),
            [
                Some((1, true)),
                Some((0, true)),
                Some((1, false)),
                Some((0, false)),
                None
            ]
        );
    }
}
