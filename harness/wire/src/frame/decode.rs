//! Decodes a frame down to its SCTP packet.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use etherparse::{
    ArpPacketSlice, EtherType, IpNumber, LaxIpPayloadSlice, LaxNetSlice, LaxSlicedPacket,
    LinkSlice, UdpSlice,
};

use super::{
    ENCAPSULATION_PORT, Envelope, FrameError, Icmp, LinkType, MacAddresses, Other, UdpPorts, plain,
    tunnel,
};

/// A frame, or an IP packet without one, and the place of the SCTP packet in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame<'a> {
    /// The hardware addresses; `None` for an IP packet without a frame.
    pub link: Option<MacAddresses>,
    /// Source address; for an ARP packet, the sender's protocol address.
    pub source: IpAddr,
    /// Destination address; for an ARP packet, the target's protocol address.
    pub destination: IpAddr,
    /// Time to live or hop limit; 0 for an ARP packet, which has none.
    pub ttl: u8,
    /// The differentiated services code point, six bits (RFC 2474, section 3); 0 for an
    /// ARP packet.
    pub dscp: u8,
    /// The two bits of explicit congestion notification (RFC 3168): 0 not
    /// capable, 1 and 2 capable, 3 congestion experienced.
    pub ecn: u8,
    /// Whether the frame has fewer bytes than its IP header says, because the capture
    /// kept only the beginning.
    pub truncated: bool,
    /// Identification of an IPv4 packet, which its copies share; 0 where there is none.
    pub identification: u16,
    /// The payload of the IP packet.
    pub transport: Transport<'a>,
}

/// The payload of an IP packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport<'a> {
    /// An SCTP packet directly after the IP header.
    Sctp(&'a [u8]),
    /// An SCTP packet in a UDP datagram (RFC 6951).
    UdpEncapsulated {
        /// The ports of the datagram, not of the SCTP packet.
        ports: UdpPorts,
        /// The SCTP packet.
        sctp: &'a [u8],
    },
    /// An ICMP or ICMPv6 message.
    Icmp(Icmp<'a>),
    /// Anything else.
    Other(Other),
}

impl<'a> Frame<'a> {
    /// Decodes an Ethernet frame, with VLAN tags or without.
    ///
    /// UDP datagrams from or to port 9899 count as encapsulated SCTP. The checksums of IP
    /// and UDP are not verified.
    ///
    /// # Errors
    /// If the frame has neither a whole IP header nor a whole ARP packet.
    #[inline]
    pub fn decode(bytes: &'a [u8]) -> Result<Self, FrameError> {
        match plain::decode(bytes) {
            Some(frame) => Ok(frame),
            None => Self::decode_any(bytes),
        }
    }

    fn decode_any(bytes: &'a [u8]) -> Result<Self, FrameError> {
        let layers = LaxSlicedPacket::from_ethernet(bytes).map_err(broken)?;
        Self::from_layers(&layers)
    }

    /// Decodes an IPv4 or IPv6 packet.
    ///
    /// # Errors
    /// If the IP header is not whole.
    pub fn decode_ip(bytes: &'a [u8]) -> Result<Self, FrameError> {
        let layers = LaxSlicedPacket::from_ip(bytes).map_err(broken)?;
        Self::from_layers(&layers)
    }

    /// Decodes a packet from a capture. A tunnelled packet is decoded in place of the
    /// outer one if it carries SCTP or an ICMP error about SCTP. Known tunnels are IP in
    /// IP, GRE, GTP-U, VXLAN, Geneve, MPLS, PPPoE and PPP.
    ///
    /// # Errors
    /// As [`decode`](Self::decode), and for link types other than those of
    /// [`LinkType`].
    #[inline]
    pub fn decode_captured(link_type: LinkType, bytes: &'a [u8]) -> Result<Self, FrameError> {
        let frame = Self::decode_outermost(link_type, bytes);
        match &frame {
            Ok(Self {
                transport: Transport::Other(Other::Protocol(_) | Other::Udp { .. }),
                ..
            })
            | Err(_) => tunnel::look(link_type, bytes).map_or(frame, Ok),
            Ok(_) => frame,
        }
    }

    #[inline]
    fn decode_outermost(link_type: LinkType, bytes: &'a [u8]) -> Result<Self, FrameError> {
        if link_type == LinkType::ETHERNET {
            return Self::decode(bytes);
        }
        let Some(header) = link_type.header_length() else {
            return Err(match tunnel::knows(link_type) {
                true => broken("no IP packet is in it"),
                false => FrameError::LinkType(link_type),
            });
        };
        match bytes.get(header..) {
            Some(ip) => Self::decode_ip(ip),
            None => Err(broken("the header of its link is cut off")),
        }
    }

    /// The SCTP packet, whether encapsulated in UDP or not.
    #[must_use]
    #[inline]
    pub fn sctp(&self) -> Option<&'a [u8]> {
        match self.transport {
            Transport::Sctp(sctp) | Transport::UdpEncapsulated { sctp, .. } => Some(sctp),
            Transport::Icmp(_) | Transport::Other(_) => None,
        }
    }

    /// The headers around the SCTP packet, for encoding another packet.
    #[must_use]
    pub fn envelope(&self) -> Envelope {
        Envelope {
            link: self.link,
            source: self.source,
            destination: self.destination,
            ttl: self.ttl,
            dscp: self.dscp,
            ecn: self.ecn,
            udp: match self.transport {
                Transport::UdpEncapsulated { ports, .. } => Some(ports),
                _ => None,
            },
        }
    }

    fn from_layers(layers: &LaxSlicedPacket<'a>) -> Result<Self, FrameError> {
        let link = match &layers.link {
            Some(LinkSlice::Ethernet2(header)) => Some(MacAddresses {
                source: header.source(),
                destination: header.destination(),
            }),
            _ => None,
        };
        match &layers.net {
            Some(LaxNetSlice::Ipv4(packet)) => {
                let header = packet.header();
                let transport = match packet.payload().fragmented {
                    false => Transport::of_ip(packet.payload()),
                    true => Transport::Other(Other::Ipv4Fragment {
                        identification: header.identification(),
                        offset: header.fragments_offset().byte_offset(),
                    }),
                };
                Ok(Self {
                    link,
                    source: header.source_addr().into(),
                    destination: header.destination_addr().into(),
                    ttl: header.ttl(),
                    dscp: header.dcp().value(),
                    ecn: header.ecn().value(),
                    truncated: packet.payload().incomplete,
                    identification: header.identification(),
                    transport,
                })
            }
            Some(LaxNetSlice::Ipv6(packet)) => {
                let header = packet.header();
                let transport = match packet.payload().fragmented {
                    false => Transport::of_ip(packet.payload()),
                    true => Transport::Other(Other::Ipv6Fragment),
                };
                Ok(Self {
                    link,
                    source: header.source_addr().into(),
                    destination: header.destination_addr().into(),
                    ttl: header.hop_limit(),
                    dscp: header.dscp().value(),
                    ecn: header.ecn().value(),
                    truncated: packet.payload().incomplete,
                    identification: 0,
                    transport,
                })
            }
            Some(LaxNetSlice::Arp(packet)) => Self::from_arp(link, packet),
            None => Err(without_net(layers)),
        }
    }

    fn from_arp(link: Option<MacAddresses>, arp: &ArpPacketSlice<'_>) -> Result<Self, FrameError> {
        Ok(Self {
            link,
            source: protocol_address(arp.sender_protocol_addr())?,
            destination: protocol_address(arp.target_protocol_addr())?,
            ttl: 0,
            dscp: 0,
            ecn: 0,
            truncated: false,
            identification: 0,
            transport: Transport::Other(Other::Arp {
                operation: arp.operation().0,
            }),
        })
    }
}

impl<'a> Transport<'a> {
    fn of_ip(ip: &LaxIpPayloadSlice<'a>) -> Self {
        match ip.ip_number {
            IpNumber::SCTP => Self::Sctp(ip.payload),
            IpNumber::UDP => Self::of_udp(ip.payload),
            protocol => Self::of_icmp(protocol, ip.payload)
                .unwrap_or_else(|| Self::Other(Other::of_ip(protocol, ip.payload))),
        }
    }

    /// The message, if the protocol is ICMP or ICMPv6 and the header is whole.
    fn of_icmp(protocol: IpNumber, message: &'a [u8]) -> Option<Self> {
        let is_v6 = match protocol {
            IpNumber::ICMP => false,
            IpNumber::IPV6_ICMP => true,
            _ => return None,
        };
        Icmp::decode(is_v6, message).map(Self::Icmp)
    }

    fn of_udp(datagram: &'a [u8]) -> Self {
        let Ok(udp) = UdpSlice::from_slice_lax(datagram) else {
            return Self::Other(Other::CutOff(IpNumber::UDP.0));
        };
        let ports = UdpPorts {
            source: udp.source_port(),
            destination: udp.destination_port(),
        };
        if ports.source == ENCAPSULATION_PORT || ports.destination == ENCAPSULATION_PORT {
            let sctp = udp.payload();
            Self::UdpEncapsulated { ports, sctp }
        } else {
            Self::Other(Other::Udp {
                source_port: ports.source,
                destination_port: ports.destination,
            })
        }
    }
}

fn protocol_address(bytes: &[u8]) -> Result<IpAddr, FrameError> {
    let v4 = || <[u8; 4]>::try_from(bytes).map(|octets| Ipv4Addr::from(octets).into());
    let v6 = || <[u8; 16]>::try_from(bytes).map(|octets| Ipv6Addr::from(octets).into());
    v4().or_else(|_| v6()).map_err(|_| FrameError::Broken {
        reason: format!("an ARP packet with addresses of {} bytes", bytes.len()),
    })
}

/// The reason why there is no network layer.
fn without_net(layers: &LaxSlicedPacket<'_>) -> FrameError {
    if let Some((error, _)) = &layers.stop_err {
        return broken(error);
    }
    let EtherType(ethertype) = layers
        .ether_payload()
        .map_or(EtherType(0), |it| it.ether_type);
    FrameError::NeitherIpNorArp { ethertype }
}

fn broken(error: impl std::fmt::Display) -> FrameError {
    FrameError::Broken {
        reason: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Packet, VerificationTag};

    /// Tests every frame that differs from a plain one by one bit or one byte.
    #[test]
    fn the_short_way_finds_what_the_long_way_finds() {
        let packet = Packet::new(5000, 5001, VerificationTag(1), Vec::new());
        let addresses: [[IpAddr; 2]; 2] = [
            [[10, 0, 1, 1].into(), [10, 0, 1, 2].into()],
            [Ipv6Addr::LOCALHOST.into(), Ipv6Addr::UNSPECIFIED.into()],
        ];
        let mut plain = 0;
        for [source, destination] in addresses {
            let mut envelope = Envelope::new(source, destination);
            envelope.link = Some(MacAddresses::default());
            (envelope.dscp, envelope.ecn) = (46, 2);
            let mut whole = envelope.encode(&packet).unwrap();
            // The padding of short Ethernet frames.
            whole.extend([0; 6]);
            for place in 0..whole.len() {
                for value in 0..=u8::MAX {
                    let mut frame = whole.clone();
                    frame[place] = value;
                    for frame in [&frame[..], &frame[..place]] {
                        if let Some(found) = plain::decode(frame) {
                            assert_eq!(Ok(found), Frame::decode_any(frame), "{frame:?}");
                            plain += 1;
                        }
                    }
                }
            }
        }
        assert!(plain > 10_000, "{plain}");
    }
}
