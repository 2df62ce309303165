//! Matches frames against rules.

use ipnet::IpNet;
use rules::Match;

use super::frame::Frame;
use crate::error::NetError;
use crate::layout::Layout;

/// A [`Match`] with its names resolved.
#[derive(Debug)]
pub(super) struct Matcher {
    on: Option<usize>,
    from: Option<usize>,
    to: Option<usize>,
    rest: Match,
}

impl Matcher {
    pub(super) fn of(frames: Match, layout: &Layout) -> Result<Self, NetError> {
        let link = |name: &String| layout.link(name).ok_or(NetError::UnknownLink(name.clone()));
        let node = |name: &String| layout.node(name).ok_or(NetError::UnknownNode(name.clone()));
        let on = frames.on.as_ref().map(link).transpose()?;
        let from = frames.from.as_ref().map(node).transpose()?;
        let to = frames.to.as_ref().map(node).transpose()?;
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
        Ok(Self {
            on,
            from,
            to,
            rest: frames,
        })
    }

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
