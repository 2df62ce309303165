//! Putting an SCTP packet into a frame.

use std::net::IpAddr;

use etherparse::{
    EtherType, Ethernet2Header, IpEcn, IpNumber, Ipv4Header, Ipv6Header, UdpHeader,
    err::ValueTooBigError,
};

use super::{EncodeError, MacAddresses};
use crate::Packet;

/// All that is around an SCTP packet on a link.
///
/// VLAN tags, IP options and extension headers are not part of it: a frame that
/// had some is rebuilt without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// The hardware addresses; `None` makes an IP packet without a frame.
    pub link: Option<MacAddresses>,
    /// The sender's address.
    pub source: IpAddr,
    /// The receiver's address, of the same family.
    pub destination: IpAddr,
    /// The time to live or hop limit.
    pub ttl: u8,
    /// The two bits of explicit congestion notification; higher bits are
    /// ignored.
    pub ecn: u8,
    /// The ports of the UDP datagram between IP and SCTP, if there is one.
    pub udp: Option<UdpPorts>,
}

/// The ports of a UDP datagram that carries an SCTP packet; one of them usually
/// is [`ENCAPSULATION_PORT`](super::ENCAPSULATION_PORT).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UdpPorts {
    /// The sender's.
    pub source: u16,
    /// The receiver's.
    pub destination: u16,
}

impl Envelope {
    /// An Ethernet frame with hardware addresses of zero and a time to live of
    /// 64, without UDP.
    #[must_use]
    pub fn new(source: IpAddr, destination: IpAddr) -> Self {
        Self {
            link: Some(MacAddresses::default()),
            source,
            destination,
            ttl: 64,
            ecn: 0,
            udp: None,
        }
    }

    /// Encodes the packet and puts it into a frame, with the checksums of IP
    /// and UDP. IPv4 packets may not be fragmented on their way.
    ///
    /// # Errors
    /// If the addresses are of two families, or the packet is too long.
    pub fn encode(&self, packet: &Packet) -> Result<Vec<u8>, EncodeError> {
        self.encode_sctp(&packet.encode())
    }

    /// Like [`encode`](Self::encode), for bytes that need not be a well-formed
    /// packet.
    ///
    /// # Errors
    /// As [`encode`](Self::encode).
    pub fn encode_sctp(&self, sctp: &[u8]) -> Result<Vec<u8>, EncodeError> {
        let mut out = Vec::with_capacity(Ethernet2Header::LEN + 48 + sctp.len());
        let too_long = |_: ValueTooBigError<_>| EncodeError::TooLong { length: sctp.len() };
        let (protocol, udp_length) = match self.udp {
            None => (IpNumber::SCTP, 0),
            Some(_) => (IpNumber::UDP, UdpHeader::LEN),
        };
        let length = udp_length + sctp.len();
        match (self.source, self.destination) {
            (IpAddr::V4(source), IpAddr::V4(destination)) => {
                self.put_link(EtherType::IPV4, &mut out);
                let mut ip = Ipv4Header {
                    ecn: self.ecn(),
                    dont_fragment: true,
                    time_to_live: self.ttl,
                    protocol,
                    source: source.octets(),
                    destination: destination.octets(),
                    ..Ipv4Header::default()
                };
                ip.set_payload_len(length).map_err(too_long)?;
                ip.header_checksum = ip.calc_header_checksum();
                out.extend(ip.to_bytes());
                if let Some(UdpPorts {
                    source,
                    destination,
                }) = self.udp
                {
                    let udp = UdpHeader::with_ipv4_checksum(source, destination, &ip, sctp);
                    out.extend(udp.map_err(too_long)?.to_bytes());
                }
            }
            (IpAddr::V6(source), IpAddr::V6(destination)) => {
                self.put_link(EtherType::IPV6, &mut out);
                let mut ip = Ipv6Header {
                    next_header: protocol,
                    hop_limit: self.ttl,
                    source: source.octets(),
                    destination: destination.octets(),
                    ..Ipv6Header::default()
                };
                ip.set_ecn(self.ecn());
                ip.set_payload_length(length).map_err(too_long)?;
                out.extend(ip.to_bytes());
                if let Some(UdpPorts {
                    source,
                    destination,
                }) = self.udp
                {
                    let udp = UdpHeader::with_ipv6_checksum(source, destination, &ip, sctp);
                    out.extend(udp.map_err(too_long)?.to_bytes());
                }
            }
            (source_address, destination) => {
                return Err(EncodeError::MixedFamilies {
                    source_address,
                    destination,
                });
            }
        }
        out.extend_from_slice(sctp);
        Ok(out)
    }

    fn put_link(&self, ether_type: EtherType, out: &mut Vec<u8>) {
        if let Some(MacAddresses {
            source,
            destination,
        }) = self.link
        {
            let header = Ethernet2Header {
                source,
                destination,
                ether_type,
            };
            out.extend(header.to_bytes());
        }
    }

    fn ecn(&self) -> IpEcn {
        match self.ecn & 0b11 {
            0 => IpEcn::NotEct,
            1 => IpEcn::Ect1,
            2 => IpEcn::Ect0,
            _ => IpEcn::CongestionExperienced,
        }
    }
}
