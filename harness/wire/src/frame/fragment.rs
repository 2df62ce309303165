//! Finds the fragment of an IP packet in a frame.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::ops::Range;

use super::LinkType;

/// Protocol number of the fragment header (RFC 8200, section 4.5).
const FRAGMENT: u8 = 44;

/// Extension headers that may precede the fragment header, each with its length in its
/// second byte (RFC 8200, section 4.1).
const BEFORE: [u8; 3] = [0, 43, 60];

/// EtherTypes of VLAN tags, of four bytes each.
const TAGS: [u16; 3] = [0x8100, 0x88a8, 0x9100];

/// A fragment in a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fragment {
    pub(super) key: Key,
    /// Offset of the fragment in the payload of the packet, in bytes.
    pub(super) offset: usize,
    /// Whether more fragments follow.
    pub(super) has_more: bool,
    /// Place of the fragment's bytes in the frame.
    pub(super) payload: Range<usize>,
    /// Offset of the IP header in the frame.
    pub(super) ip: usize,
    /// Offset of the IPv6 fragment header in the frame, and offset of the Next Header
    /// field that leads to it.
    pub(super) header: Option<(usize, usize)>,
}

/// The key that all fragments of one packet share (RFC 791, section 2.3, and RFC 8200,
/// section 4.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) source: IpAddr,
    pub(super) destination: IpAddr,
    pub(super) identification: u32,
    pub(super) protocol: u8,
}

impl Fragment {
    /// The fragment in a frame. `None` if the frame has a whole IP packet, no IP packet,
    /// or a truncated fragment.
    pub(super) fn of(link_type: LinkType, frame: &[u8]) -> Option<Self> {
        let ip = ip_at(link_type, frame)?;
        match frame.get(ip)? >> 4 {
            4 => Self::of_ipv4(frame, ip),
            6 => Self::of_ipv6(frame, ip),
            _ => None,
        }
    }

    /// The fragment of an IPv4 packet (RFC 791, section 3.1).
    fn of_ipv4(frame: &[u8], ip: usize) -> Option<Self> {
        let header = frame.get(ip..)?.first_chunk::<20>()?;
        let place = u16::from_be_bytes([header[6], header[7]]);
        let (has_more, offset) = (place & 0x2000 != 0, usize::from(place & 0x1fff) * 8);
        if !has_more && offset == 0 {
            return None;
        }
        let header_length = usize::from(header[0] & 0x0f) * 4;
        let length = usize::from(u16::from_be_bytes([header[2], header[3]]));
        let payload = ip + header_length..ip + length;
        Self {
            key: Key {
                source: Ipv4Addr::from(part::<4>(header, 12)).into(),
                destination: Ipv4Addr::from(part::<4>(header, 16)).into(),
                identification: u16::from_be_bytes([header[4], header[5]]).into(),
                protocol: header[9],
            },
            offset,
            has_more,
            payload,
            ip,
            header: None,
        }
        .checked(frame, ip + header_length.max(20))
    }

    /// The fragment of an IPv6 packet (RFC 8200, sections 3 and 4.5).
    fn of_ipv6(frame: &[u8], ip: usize) -> Option<Self> {
        let header = frame.get(ip..)?.first_chunk::<40>()?;
        let length = usize::from(u16::from_be_bytes([header[4], header[5]]));
        let (mut leads, mut at) = (ip + 6, ip + 40);
        while BEFORE.contains(frame.get(leads)?) {
            let length = usize::from(*frame.get(at + 1)?);
            (leads, at) = (at, at + 8 * (length + 1));
        }
        if *frame.get(leads)? != FRAGMENT {
            return None;
        }
        let fragment = frame.get(at..)?.first_chunk::<8>()?;
        let place = u16::from_be_bytes([fragment[2], fragment[3]]);
        Self {
            key: Key {
                source: Ipv6Addr::from(part::<16>(header, 8)).into(),
                destination: Ipv6Addr::from(part::<16>(header, 24)).into(),
                identification: u32::from_be_bytes(part(fragment, 4)),
                protocol: fragment[0],
            },
            offset: usize::from(place & 0xfff8),
            has_more: place & 1 != 0,
            payload: at + 8..ip + 40 + length,
            ip,
            header: Some((at, leads)),
        }
        .checked(frame, at + 8)
    }

    /// Rejects a fragment other than the last whose length is no multiple of 8, and one
    /// that exceeds the greatest length of a packet.
    fn checked(self, frame: &[u8], least: usize) -> Option<Self> {
        let length = frame.get(self.payload.clone())?.len();
        let fits = self.payload.start >= least
            && length > 0
            && self.offset + length <= usize::from(u16::MAX)
            && (!self.has_more || length.is_multiple_of(8));
        fits.then_some(self)
    }
}

/// Offset of the IP packet in a frame.
fn ip_at(link_type: LinkType, frame: &[u8]) -> Option<usize> {
    if link_type != LinkType::ETHERNET {
        return link_type.header_length();
    }
    let mut at = 12;
    loop {
        let kind = u16::from_be_bytes(*frame.get(at..)?.first_chunk()?);
        match kind {
            0x0800 | 0x86dd => return Some(at + 2),
            tag if TAGS.contains(&tag) => at += 4,
            _ => return None,
        }
    }
}

fn part<const N: usize>(header: &[u8], at: usize) -> [u8; N] {
    let mut part = [0; N];
    part.copy_from_slice(&header[at..at + N]);
    part
}
