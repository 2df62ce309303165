//! Matches frames against rules.

use ipnet::IpNet;
use wire::field::ChunkPattern;

use super::frame::Frame;
use crate::error::NetError;
use crate::layout::Layout;

/// The condition of a rule. A frame must match everything that is given; by default, all
/// frames match.
///
/// A fragmented IP packet counts as one packet with the length of its longest fragment.
/// Its fragments are held until all have arrived, for at most a tenth of a second. After
/// that time, each fragment counts as a frame with unknown content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Match {
    /// Only frames on this link.
    pub on: Option<String>,
    /// Only frames that this node sends, including those that it forwards as a router.
    pub from: Option<String>,
    /// Only frames that this node receives, including those that it forwards.
    pub to: Option<String>,
    /// Only IP packets from an address in this network.
    pub source: Option<IpNet>,
    /// Only IP packets to an address in this network.
    pub destination: Option<IpNet>,
    /// Only frames of this protocol.
    pub protocol: Option<Protocol>,
    /// Only packets from this port of SCTP or UDP.
    pub source_port: Option<u16>,
    /// Only packets to this port of SCTP or UDP.
    pub destination_port: Option<u16>,
    /// Only IP packets of more bytes than this.
    pub larger_than: Option<usize>,
    /// Only IP packets of fewer bytes than this.
    pub smaller_than: Option<usize>,
    /// Only SCTP packets with a chunk that matches, alone or bundled, whatever other
    /// faults the packet has.
    pub chunk: Option<ChunkPattern>,
}

/// Protocol of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// SCTP directly after the IP header.
    Sctp,
    /// UDP, with encapsulated SCTP (RFC 6951) or without.
    Udp,
    /// TCP.
    Tcp,
    /// ICMP or ICMPv6, including neighbor discovery.
    Icmp,
    /// ARP.
    Arp,
}

impl Match {
    pub(super) fn resolve(self, layout: &Layout) -> Result<Matcher, NetError> {
        let link = |name: &String| layout.link(name).ok_or(NetError::UnknownLink(name.clone()));
        let node = |name: &String| layout.node(name).ok_or(NetError::UnknownNode(name.clone()));
        let on = self.on.as_ref().map(link).transpose()?;
        let from = self.from.as_ref().map(node).transpose()?;
        let to = self.to.as_ref().map(node).transpose()?;
        for end in [from, to].into_iter().flatten() {
            if let Some(link) = on
                && layout.end(link, end).is_none()
            {
                return Err(NetError::NotAnEnd {
                    link: layout.links[link].name.clone(),
                    node: layout.nodes[end].name.clone(),
                });
            }
        }
        Ok(Matcher {
            on,
            from,
            to,
            rest: self,
        })
    }
}

/// A [`Match`] with its names resolved.
#[derive(Debug)]
pub(super) struct Matcher {
    on: Option<usize>,
    from: Option<usize>,
    to: Option<usize>,
    rest: Match,
}

impl Matcher {
    /// Index of the first matching chunk, or 0 if the match needs no chunk; `None` if the
    /// frame does not match.
    pub(super) fn fits(&self, frame: &Frame<'_>) -> Option<usize> {
        // The cheapest test comes first: only the test of a chunk decodes the whole
        // packet.
        let fits = self.fits_on_its_way(frame) && self.fits_outside(frame);
        fits.then(|| self.fitting_chunk(frame)).flatten()
    }

    fn fits_on_its_way(&self, frame: &Frame<'_>) -> bool {
        self.on.is_none_or(|link| frame.sender.link() == link)
            && self.from.is_none_or(|node| frame.from == node)
            && self.to.is_none_or(|node| frame.to == node)
            && self.rest.larger_than.is_none_or(|it| frame.length() > it)
            && self.rest.smaller_than.is_none_or(|it| frame.length() < it)
    }

    fn fits_outside(&self, frame: &Frame<'_>) -> bool {
        let Match {
            source,
            destination,
            protocol,
            source_port,
            destination_port,
            ..
        } = &self.rest;
        let address = |wanted: &IpNet, of: fn(&wire::Frame<'_>) -> std::net::IpAddr| {
            frame.decoded().is_some_and(|it| wanted.contains(&of(it)))
        };
        let port = |wanted: u16, of: fn((u16, u16)) -> u16| {
            frame.ports().is_some_and(|ports| of(ports) == wanted)
        };
        source.is_none_or(|wanted| address(&wanted, |it| it.source))
            && destination.is_none_or(|wanted| address(&wanted, |it| it.destination))
            && protocol.is_none_or(|wanted| frame.protocol() == Some(wanted))
            && source_port.is_none_or(|wanted| port(wanted, |(source, _)| source))
            && destination_port.is_none_or(|wanted| port(wanted, |(_, to)| to))
    }

    fn fitting_chunk(&self, frame: &Frame<'_>) -> Option<usize> {
        match &self.rest.chunk {
            None => Some(0),
            Some(wanted) => frame.chunks().iter().position(|it| wanted.matches(it)),
        }
    }
}
