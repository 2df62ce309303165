//! Finds SCTP packets in tunnels, under labels, and on links without an Ethernet header.

use std::net::{IpAddr, Ipv4Addr};

use etherparse::{IpNumber, LaxNetSlice, LaxSlicedPacket, UdpSlice};

use super::{Frame, LinkType, Transport};
use crate::checksum_is_good;

/// Greatest number of layers that are examined.
const DEPTH: usize = 12;

/// The UDP ports of GTP-U (3GPP TS 29.281, section 4.4.2), VXLAN (RFC 7348) and Geneve
/// (RFC 8926).
const GTP_U: u16 = 2152;
const VXLAN: u16 = 4789;
const GENEVE: u16 = 6081;

/// The kind of the remaining bytes.
#[derive(Clone, Copy)]
enum Layer<'a> {
    Ethernet(&'a [u8]),
    /// The payload of this EtherType.
    Ether(u16, &'a [u8]),
    Ppp(&'a [u8]),
    Ip(&'a [u8]),
    Sctp(&'a [u8]),
}

/// The SCTP packet that a captured packet carries in the innermost IP packet of its
/// tunnels, or the ICMP error about one. `None` if there is neither.
pub(super) fn look(link_type: LinkType, bytes: &[u8]) -> Option<Frame<'_>> {
    let mut layer = of_link(link_type, bytes)?;
    for _ in 0..DEPTH {
        layer = match layer {
            Layer::Ethernet(frame) => Layer::Ether(word(frame, 12)?, frame.get(14..)?),
            Layer::Ether(kind, rest) => of_ethertype(kind, rest)?,
            Layer::Ppp(frame) => of_ppp(frame)?,
            Layer::Ip(packet) => {
                let frame = Frame::decode_ip(packet).ok()?;
                match frame.transport {
                    Transport::Sctp(_) | Transport::UdpEncapsulated { .. } => return Some(frame),
                    Transport::Icmp(message) if message.quoted().is_some() => return Some(frame),
                    _ => in_ip(packet)?,
                }
            }
            Layer::Sctp(sctp) => return Some(alone(sctp)),
        };
    }
    None
}

/// Whether packets of a link type without a fixed header length are decoded.
pub(super) fn knows(link_type: LinkType) -> bool {
    [
        LinkType::C_HDLC,
        LinkType::PPP,
        LinkType::PPP_HDLC,
        LinkType::PPPOE,
        LinkType::SCTP,
        LinkType::USER0,
    ]
    .contains(&link_type)
}

fn of_link(link_type: LinkType, bytes: &[u8]) -> Option<Layer<'_>> {
    Some(match link_type {
        LinkType::ETHERNET => Layer::Ethernet(bytes),
        LinkType::LINUX_SLL => Layer::Ether(word(bytes, 14)?, bytes.get(16..)?),
        LinkType::LINUX_SLL2 => Layer::Ether(word(bytes, 0)?, bytes.get(20..)?),
        LinkType::C_HDLC => Layer::Ether(word(bytes, 2)?, bytes.get(4..)?),
        LinkType::PPP | LinkType::PPP_HDLC => Layer::Ppp(bytes),
        LinkType::PPPOE => Layer::Ppp(bytes.get(6..)?),
        LinkType::SCTP => Layer::Sctp(bytes),
        // A link type for private use.
        LinkType::USER0 if checksum_is_good(bytes) => Layer::Sctp(bytes),
        LinkType::USER0 => Layer::Ip(bytes),
        other => Layer::Ip(bytes.get(other.header_length()?..)?),
    })
}

fn of_ethertype(kind: u16, rest: &[u8]) -> Option<Layer<'_>> {
    Some(match kind {
        0x0800 | 0x86dd => Layer::Ip(rest),
        // VLAN tags: IEEE 802.1Q and 802.1ad.
        0x8100 | 0x88a8 | 0x9100 => Layer::Ether(word(rest, 2)?, rest.get(4..)?),
        0x8847 | 0x8848 => of_mpls(rest)?,
        // PPPoE: RFC 2516, section 4.
        0x8864 => Layer::Ppp(rest.get(6..)?),
        // Transparent Ethernet Bridging: RFC 1701.
        0x6558 => Layer::Ethernet(rest),
        _ => return None,
    })
}

/// MPLS (RFC 3032, section 2.1): labels of 4 bytes, the last of which has the S bit. The
/// labels do not tell what follows: an IP packet by its version, or else Ethernet after a
/// control word (RFC 4448, section 4.6).
fn of_mpls(mut labels: &[u8]) -> Option<Layer<'_>> {
    loop {
        let is_last = labels.get(2)? & 1 != 0;
        labels = labels.get(4..)?;
        if is_last {
            break;
        }
    }
    match labels.first()? >> 4 {
        4 | 6 => Some(Layer::Ip(labels)),
        0 => Some(Layer::Ethernet(labels.get(4..)?)),
        _ => Some(Layer::Ethernet(labels)),
    }
}

/// PPP (RFC 1661, section 2), with or without the header of RFC 1662: the protocol number
/// has one byte or two.
fn of_ppp(frame: &[u8]) -> Option<Layer<'_>> {
    let frame = frame.strip_prefix(&[0xff, 0x03]).unwrap_or(frame);
    match *frame {
        [0x00, 0x21 | 0x57, ref packet @ ..] | [0x21 | 0x57, ref packet @ ..] => {
            Some(Layer::Ip(packet))
        }
        _ => None,
    }
}

/// The payload of an IP packet, if the payload is another packet.
fn in_ip(packet: &[u8]) -> Option<Layer<'_>> {
    let layers = LaxSlicedPacket::from_ip(packet).ok()?;
    let payload = match &layers.net {
        Some(LaxNetSlice::Ipv4(it)) => it.payload().clone(),
        Some(LaxNetSlice::Ipv6(it)) => it.payload().clone(),
        _ => return None,
    };
    if payload.fragmented {
        return None;
    }
    match payload.ip_number {
        IpNumber::IPV4 | IpNumber::IPV6 => Some(Layer::Ip(payload.payload)),
        IpNumber::GRE => of_gre(payload.payload),
        IpNumber::UDP => {
            let udp = UdpSlice::from_slice_lax(payload.payload).ok()?;
            let ports = [udp.destination_port(), udp.source_port()];
            let of = |port| ports.contains(&port);
            match udp.payload() {
                rest if of(GTP_U) => of_gtp_u(rest),
                rest if of(VXLAN) => Some(Layer::Ethernet(rest.get(8..)?)),
                rest if of(GENEVE) => {
                    // RFC 8926, section 3.4: options are counted in words.
                    let options = usize::from(rest.first()? & 0x3f) * 4;
                    Some(Layer::Ether(word(rest, 2)?, rest.get(8 + options..)?))
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// GRE (RFC 2784 and RFC 2890): each of the C, K and S bits stands for one more word.
fn of_gre(rest: &[u8]) -> Option<Layer<'_>> {
    let flags = word(rest, 0)?;
    if flags & 0x0007 != 0 {
        return None;
    }
    let words = [0x8000, 0x2000, 0x1000]
        .iter()
        .filter(|bit| flags & **bit != 0);
    Some(Layer::Ether(
        word(rest, 2)?,
        rest.get(4 + 4 * words.count()..)?,
    ))
}

/// GTP-U (3GPP TS 29.281, section 5): a user's packet after 8 bytes, 4 more if the E, S
/// or PN bit is set, and extension headers that are counted in words.
fn of_gtp_u(rest: &[u8]) -> Option<Layer<'_>> {
    /// Type of a message that carries a packet.
    const G_PDU: u8 = 255;
    let (&[flags, G_PDU, _, _, _, _, _, _], mut rest) = rest.split_first_chunk()? else {
        return None;
    };
    if flags >> 4 != 3 {
        return None;
    }
    if flags & 7 != 0 {
        let mut next = *rest.get(3)?;
        rest = rest.get(4..)?;
        while next != 0 && flags & 4 != 0 {
            let length = usize::from(*rest.first()?) * 4;
            next = *rest.get(length.checked_sub(1)?)?;
            rest = rest.get(length..)?;
        }
    }
    Some(Layer::Ip(rest))
}

/// An SCTP packet without an IP packet: both addresses are unspecified.
fn alone(sctp: &[u8]) -> Frame<'_> {
    let unknown = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
    Frame {
        link: None,
        source: unknown,
        destination: unknown,
        ttl: 0,
        dscp: 0,
        ecn: 0,
        truncated: false,
        identification: 0,
        transport: Transport::Sctp(sctp),
    }
}

fn word(bytes: &[u8], at: usize) -> Option<u16> {
    let &[upper, lower] = bytes.get(at..at + 2)?.first_chunk()?;
    Some(u16::from_be_bytes([upper, lower]))
}
