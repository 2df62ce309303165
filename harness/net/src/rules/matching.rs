//! Which frames a rule is about.

use ipnet::IpNet;
use wire::field::ChunkPattern;

use super::frame::Frame;
use crate::error::NetError;
use crate::layout::Layout;

/// Which frames a rule is about: those that fit everything that is given. By
/// default, all.
///
/// A packet that IP has fragmented counts as one, and as long as its longest
/// fragment: the fragments are held until all of them are there, for a tenth of a
/// second at most. Those whose packet does not become whole by then are frames of
/// their own, and show nothing of what they carry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Match {
    /// Only frames on this link.
    pub on: Option<String>,
    /// Only frames that this node puts on a link; a router does so with the
    /// frames that it forwards, too.
    pub from: Option<String>,
    /// Only frames that this node receives from a link, be it to forward them.
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
    /// Only SCTP packets that hold such a chunk, alone or bundled with others,
    /// whatever else is wrong with them.
    pub chunk: Option<ChunkPattern>,
}

/// What a frame carries, as far as rules can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// SCTP right behind the IP header.
    Sctp,
    /// UDP, with SCTP in it (RFC 6951) or not.
    Udp,
    /// TCP.
    Tcp,
    /// ICMP or ICMPv6, of which neighbor discovery is a part.
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

/// A [`Match`] whose names were looked up.
#[derive(Debug)]
pub(super) struct Matcher {
    on: Option<usize>,
    from: Option<usize>,
    to: Option<usize>,
    rest: Match,
}

impl Matcher {
    /// `None` if the frame does not fit; otherwise the number of the chunk that
    /// made it fit, from 0, which is 0 where it fits without.
    pub(super) fn fits(&self, frame: &Frame<'_>) -> Option<usize> {
        // What costs least comes first: only a chunk needs the whole packet
        // decoded.
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
