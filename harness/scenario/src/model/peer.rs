//! A checked scripted peer, and the names that it can use in packets.

use std::net::IpAddr;

use wire::build::Value;
use wire::parameter::HmacId;

use super::{AuthKey, EndpointName, NodeName};

/// A scripted peer: an endpoint without a kernel, which sends the packets of the
/// scenario's steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peer {
    /// Its name.
    pub name: EndpointName,
    /// The node for which the peer sends, in place of a kernel.
    pub node: NodeName,
    /// Source port of the peer's packets, unless a step gives another.
    pub port: u16,
    /// Addresses of the peer, never empty. The source address of a packet is the first one
    /// of the destination's family, unless a step gives another.
    pub addresses: Vec<IpAddr>,
    /// The peer's shared keys. Key 0 is empty unless it is among them (RFC 4895, section
    /// 6.1).
    pub keys: Vec<AuthKey>,
    /// The endpoint to which the peer sends.
    pub to: EndpointName,
    /// Address of that endpoint, and its port if that is known before the first packet.
    pub to_address: (IpAddr, Option<u16>),
}

impl Peer {
    /// The verification tag of a peer, unless a step gives another.
    pub const TAG: u32 = 0x7065_6572;
    /// The initial TSN of a peer, unless a step gives another.
    pub const TSN: u32 = 1_000_000;

    /// The predefined names of a peer, and their meanings.
    pub const NAMES: &'static [(&'static str, &'static str)] = &[
        (
            "tag",
            "its own tag, as it said in its last INIT or INIT ACK",
        ),
        ("tsn", "its own initial TSN, from its last INIT or INIT ACK"),
        ("next-tsn", "one more than the TSN of its last DATA"),
        ("next-ssn", "the SSN of its next ordered message"),
        ("port", "its own port"),
        ("address", "its own first address"),
        (
            "peer-tag",
            "the other side's tag, from its last INIT or INIT ACK",
        ),
        ("peer-tsn", "the other side's initial TSN, from there"),
        ("peer-port", "the other side's port, from its last packet"),
        ("peer-address", "the other side's address"),
        (
            "cum",
            "the last TSN up to which all of the other side's DATA has come",
        ),
        ("cookie", "the cookie of the other side's last INIT ACK"),
        ("info", "the info of the other side's last HEARTBEAT"),
        ("packet", "the bytes of the last packet that was awaited"),
        (
            "hmac-id",
            "the HMAC that the other side asks for in its last INIT or INIT ACK",
        ),
    ];

    /// The shared key with this number.
    #[must_use]
    pub fn key(&self, number: u16) -> Option<&[u8]> {
        let mut keys = self.keys.iter();
        match keys.find(|key| key.number == number) {
            Some(key) => Some(key.key.as_bytes()),
            None => (number == 0).then_some(&[]),
        }
    }

    /// Whether the name is predefined.
    #[must_use]
    pub fn knows(name: &str) -> bool {
        Self::NAMES.iter().any(|(known, _)| *known == name)
    }

    /// The predefined names that have values at the start.
    #[must_use]
    pub fn first_names(&self) -> Vec<(&'static str, Value)> {
        let (address, port) = self.to_address;
        let mut names = vec![
            ("tag", Value::Number(Self::TAG.into())),
            ("tsn", Value::Number(Self::TSN.into())),
            ("next-tsn", Value::Number(Self::TSN.into())),
            ("next-ssn", Value::Number(0)),
            ("port", Value::Number(self.port.into())),
            ("peer-address", Value::Address(address)),
            // Every implementation must support SHA-1 (RFC 4895, section 3.3).
            ("hmac-id", Value::Number(HmacId::SHA1.0.into())),
        ];
        let own = self.addresses.first();
        names.extend(own.map(|own| ("address", Value::Address(*own))));
        names.extend(port.map(|port| ("peer-port", Value::Number(port.into()))));
        names
    }
}
