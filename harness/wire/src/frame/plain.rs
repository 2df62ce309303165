//! A fast decoder for the most frequent kind of frame.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::{Frame, MacAddresses, Transport};

/// The protocol number of SCTP.
const SCTP: u8 = 132;

/// Decodes an Ethernet frame with an IP header directly followed by an SCTP packet: no
/// VLAN tag, no option, no extension header, no fragment, nothing truncated. `None` for
/// any other frame. A capture has millions of such frames, so their decoder is fast.
#[inline]
pub(super) fn decode(bytes: &[u8]) -> Option<Frame<'_>> {
    let (link, packet) = bytes.split_first_chunk::<14>()?;
    // DSCP and ECN are one byte of both headers (RFC 2474, section 3; RFC 3168, section 5).
    let frame = |source: IpAddr, destination: IpAddr, ttl, class: u8, identification, sctp| {
        Some(Frame {
            link: Some(MacAddresses {
                source: part(link, 6),
                destination: part(link, 0),
            }),
            source,
            destination,
            ttl,
            dscp: class >> 2,
            ecn: class & 0b11,
            truncated: false,
            identification,
            transport: Transport::Sctp(sctp),
        })
    };
    match (link[12], link[13]) {
        (0x08, 0x00) => {
            let (header, payload) = packet.split_first_chunk::<20>()?;
            // RFC 791, section 3.1: a fragment has the More Fragments flag or an offset.
            let is_fragment = header[6] & 0x3f != 0 || header[7] != 0;
            if header[0] != 0x45 || is_fragment || header[9] != SCTP {
                return None;
            }
            let length = usize::from(u16::from_be_bytes([header[2], header[3]]));
            let sctp = payload.get(..length.checked_sub(header.len())?)?;
            let source = Ipv4Addr::from(part::<4>(header, 12));
            let destination = Ipv4Addr::from(part::<4>(header, 16));
            let identification = u16::from_be_bytes([header[4], header[5]]);
            let (source, destination) = (source.into(), destination.into());
            let (ttl, class) = (header[8], header[1]);
            frame(source, destination, ttl, class, identification, sctp)
        }
        (0x86, 0xdd) => {
            let (header, payload) = packet.split_first_chunk::<40>()?;
            if header[0] >> 4 != 6 || header[6] != SCTP {
                return None;
            }
            // RFC 2675: a length of zero belongs to a jumbogram.
            let length = usize::from(u16::from_be_bytes([header[4], header[5]]));
            let sctp = payload.get(..length).filter(|it| !it.is_empty())?;
            let source = Ipv6Addr::from(part::<16>(header, 8));
            let destination = Ipv6Addr::from(part::<16>(header, 24));
            let class = (header[0] << 4) | (header[1] >> 4);
            frame(source.into(), destination.into(), header[7], class, 0, sctp)
        }
        _ => None,
    }
}

fn part<const N: usize>(header: &[u8], at: usize) -> [u8; N] {
    let mut part = [0; N];
    part.copy_from_slice(&header[at..at + N]);
    part
}
