//! Encodes an SCTP packet into a frame.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use etherparse::{
    EtherType, Ethernet2Header, IpDscp, IpEcn, IpNumber, Ipv4Header, Ipv6Header, UdpHeader,
    err::ValueTooBigError,
};

use super::{EncodeError, MacAddresses};
use crate::Packet;

/// The headers around an SCTP packet on a link.
///
/// VLAN tags, IP options and extension headers are not kept: a frame is rebuilt without
/// them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// The hardware addresses; `None` makes an IP packet without a frame.
    pub link: Option<MacAddresses>,
    /// Source address.
    pub source: IpAddr,
    /// Destination address, of the same family.
    pub destination: IpAddr,
    /// The time to live or hop limit.
    pub ttl: u8,
    /// The differentiated services code point, six bits; higher bits are ignored.
    pub dscp: u8,
    /// The two bits of explicit congestion notification; higher bits are
    /// ignored.
    pub ecn: u8,
    /// The ports of the UDP header between IP and SCTP, if there is one.
    pub udp: Option<UdpPorts>,
}

/// The ports of a UDP datagram that carries an SCTP packet; one of them usually
/// is [`ENCAPSULATION_PORT`](super::ENCAPSULATION_PORT).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UdpPorts {
    /// Source port.
    pub source: u16,
    /// Destination port.
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
            dscp: 0,
            ecn: 0,
            udp: None,
        }
    }

    /// Encodes the packet and puts it into a frame, with the checksums of IP and UDP.
    /// IPv4 packets have the Don't Fragment flag.
    ///
    /// # Errors
    /// If the addresses are of two families, or the packet is too long.
    pub fn encode(&self, packet: &Packet) -> Result<Vec<u8>, EncodeError> {
        self.encode_sctp(&packet.encode())
    }

    /// Like [`encode`](Self::encode), but for bytes that need not be a well-formed
    /// packet.
    ///
    /// # Errors
    /// As [`encode`](Self::encode).
    pub fn encode_sctp(&self, sctp: &[u8]) -> Result<Vec<u8>, EncodeError> {
        let number = self.udp.map_or(IpNumber::SCTP, |_| IpNumber::UDP);
        self.encode_over(number, sctp)
    }

    /// Like [`encode`](Self::encode), for an ICMP message, or an ICMPv6 message where
    /// the addresses are of IPv6; there is no UDP then. See
    /// [`Icmp::encode`](super::Icmp::encode).
    ///
    /// # Errors
    /// As [`encode`](Self::encode).
    pub fn encode_icmp(&self, message: &[u8]) -> Result<Vec<u8>, EncodeError> {
        let number = match self.source {
            IpAddr::V4(_) => IpNumber::ICMP,
            IpAddr::V6(_) => IpNumber::IPV6_ICMP,
        };
        let envelope = Self { udp: None, ..*self };
        envelope.encode_over(number, message)
    }

    fn encode_over(&self, number: IpNumber, payload: &[u8]) -> Result<Vec<u8>, EncodeError> {
        let headers = match (self.source, self.destination) {
            (IpAddr::V4(source), IpAddr::V4(destination)) => {
                self.over_ipv4(source, destination, number, payload)
            }
            (IpAddr::V6(source), IpAddr::V6(destination)) => {
                self.over_ipv6(source, destination, number, payload)
            }
            (source_address, destination) => {
                return Err(EncodeError::MixedFamilies {
                    source_address,
                    destination,
                });
            }
        };
        let length = payload.len();
        let mut frame = headers.map_err(|_| EncodeError::TooLong { length })?;
        frame.extend_from_slice(payload);
        Ok(frame)
    }

    fn over_ipv4(
        &self,
        source: Ipv4Addr,
        destination: Ipv4Addr,
        number: IpNumber,
        payload: &[u8],
    ) -> Result<Vec<u8>, ValueTooBigError<usize>> {
        let mut ip = Ipv4Header {
            dscp: self.dscp(),
            ecn: self.ecn(),
            dont_fragment: true,
            time_to_live: self.ttl,
            protocol: number,
            source: source.octets(),
            destination: destination.octets(),
            ..Ipv4Header::default()
        };
        ip.set_payload_len(self.udp_header_length() + payload.len())?;
        ip.header_checksum = ip.calc_header_checksum();
        let mut headers = self.link_header(EtherType::IPV4);
        headers.extend(ip.to_bytes());
        if let Some(UdpPorts {
            source,
            destination,
        }) = self.udp
        {
            let udp = UdpHeader::with_ipv4_checksum(source, destination, &ip, payload)?;
            headers.extend(udp.to_bytes());
        }
        Ok(headers)
    }

    fn over_ipv6(
        &self,
        source: Ipv6Addr,
        destination: Ipv6Addr,
        number: IpNumber,
        payload: &[u8],
    ) -> Result<Vec<u8>, ValueTooBigError<usize>> {
        let mut ip = Ipv6Header {
            next_header: number,
            hop_limit: self.ttl,
            source: source.octets(),
            destination: destination.octets(),
            ..Ipv6Header::default()
        };
        ip.set_dscp(self.dscp());
        ip.set_ecn(self.ecn());
        ip.set_payload_length(self.udp_header_length() + payload.len())?;
        let mut headers = self.link_header(EtherType::IPV6);
        headers.extend(ip.to_bytes());
        if let Some(UdpPorts {
            source,
            destination,
        }) = self.udp
        {
            let udp = UdpHeader::with_ipv6_checksum(source, destination, &ip, payload)?;
            headers.extend(udp.to_bytes());
        }
        Ok(headers)
    }

    fn link_header(&self, ether_type: EtherType) -> Vec<u8> {
        let header = |MacAddresses {
                          source,
                          destination,
                      }| Ethernet2Header {
            source,
            destination,
            ether_type,
        };
        self.link
            .map_or(Vec::new(), |link| header(link).to_bytes().to_vec())
    }

    fn udp_header_length(&self) -> usize {
        self.udp.map_or(0, |_| UdpHeader::LEN)
    }

    fn dscp(&self) -> IpDscp {
        IpDscp::try_new(self.dscp & 0b11_1111).unwrap_or_default()
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
