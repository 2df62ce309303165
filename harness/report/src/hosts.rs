//! The hosts that stand beside each other in a ladder.

use recording::Interface;

/// A host: an index into [`Hosts::names`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Host(pub usize);

/// A link: an index into [`Hosts::links`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link(pub usize);

/// The hosts and links of a capture, in the order in which its interfaces name
/// them, and who is at the other end of each interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hosts {
    names: Vec<String>,
    links: Vec<String>,
    /// By the number of the interface in the capture.
    ends: Vec<End>,
}

/// A captured interface: the end of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct End {
    pub(crate) link: Link,
    /// Whose interface it is.
    pub(crate) host: Host,
    /// Who is at the link's other end.
    pub(crate) peer: Host,
    /// Whether the other end was captured, too.
    pub(crate) peer_is_captured: bool,
}

impl Hosts {
    /// Learns hosts and links from the interfaces of a capture. A link of which
    /// only one end was captured leads to a host `beyond LINK`.
    #[must_use]
    pub fn of(interfaces: &[Interface]) -> Self {
        let mut names = Vec::new();
        let mut links = Vec::new();
        for interface in interfaces {
            number_of(&interface.node, &mut names);
            number_of(&interface.link, &mut links);
        }
        let mut ends = Vec::new();
        for interface in interfaces {
            let other_end = interfaces
                .iter()
                .find(|it| it.link == interface.link && it.node != interface.node);
            let peer = match other_end {
                Some(other) => number_of(&other.node, &mut names),
                None => number_of(&format!("beyond {}", interface.link), &mut names),
            };
            ends.push(End {
                link: Link(number_of(&interface.link, &mut links)),
                host: Host(number_of(&interface.node, &mut names)),
                peer: Host(peer),
                peer_is_captured: other_end.is_some(),
            });
        }
        Self { names, links, ends }
    }

    /// Hosts and the links between them, of which each has two ends: as if
    /// interface `2n` were the first end of link `n`, and `2n + 1` the second.
    /// Packets are seen as they leave, and not as they arrive.
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

    /// The host of that name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<Host> {
        self.names.iter().position(|it| it == name).map(Host)
    }

    pub(crate) fn end(&self, interface: usize) -> Option<End> {
        self.ends.get(interface).copied()
    }
}

/// The place of `name` among `names`, at their end if it was not there yet.
fn number_of(name: &str, names: &mut Vec<String>) -> usize {
    let known = names.iter().position(|it| it == name);
    known.unwrap_or_else(|| {
        names.push(name.to_owned());
        names.len() - 1
    })
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
}
