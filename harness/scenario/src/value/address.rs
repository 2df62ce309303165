//! Addresses and networks, with and without a prefix.

use std::net::IpAddr;

use ipnet::IpNet;
use schemars::{JsonSchema, Schema, SchemaGenerator};

use crate::read::{Word, Wrong, word_schema};
use crate::yaml::shortened;

/// An address of an interface, with the prefix of its network.
#[derive(Clone, Copy)]
pub(crate) struct Prefixed(pub(crate) IpNet);

impl Word for Prefixed {
    const EXPECTED: &'static str =
        "an address with its prefix such as `10.0.1.1/24` or `fd00:1::1/64`";

    fn parse(text: &str) -> Result<Self, Wrong> {
        let net = with_prefix(text)?;
        usable_by_an_interface(net)?;
        Ok(Self(net))
    }
}

/// A network: an address whose host bits are all zero, with its prefix.
#[derive(Clone, Copy)]
pub(crate) struct Network(pub(crate) IpNet);

impl Word for Network {
    const EXPECTED: &'static str = "a network such as `10.0.2.0/24` or `fd00:2::/64`";

    fn parse(text: &str) -> Result<Self, Wrong> {
        let net = with_prefix(text)?;
        if net == net.trunc() {
            Ok(Self(net))
        } else {
            Err(Wrong::new(
                format!("`{text}` is a host's address, not a network"),
                format!("write `{}`", net.trunc()),
            ))
        }
    }
}

/// An address without prefix.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Address(pub(crate) IpAddr);

impl Word for Address {
    const EXPECTED: &'static str = "an address such as `10.0.1.1` or `fd00:1::1`";

    fn parse(text: &str) -> Result<Self, Wrong> {
        if let Ok(address) = text.parse() {
            return Ok(Self(address));
        }
        Err(match text.parse::<IpNet>() {
            Ok(net) => Wrong::new(
                format!("`{text}` has a prefix, which does not belong here"),
                format!("write `{}`", net.addr()),
            ),
            Err(_) => not_an_address(text, "10.0.1.1"),
        })
    }
}

/// One address, or all of a network.
#[derive(Clone, Copy)]
pub(crate) struct AddressRange(pub(crate) IpNet);

impl Word for AddressRange {
    const EXPECTED: &'static str = "an address or network such as `10.0.1.1` or `10.0.1.0/24`";

    fn parse(text: &str) -> Result<Self, Wrong> {
        if text.contains('/') {
            return Network::parse(text).map(|network| Self(network.0));
        }
        Address::parse(text).map(|address| Self(address.0.into()))
    }
}

fn with_prefix(text: &str) -> Result<IpNet, Wrong> {
    if let Ok(net) = text.parse() {
        return Ok(net);
    }
    let (address, prefix) = text.split_once('/').unwrap_or((text, ""));
    Err(match address.parse::<IpAddr>() {
        Ok(IpAddr::V4(_)) if prefix.is_empty() => Wrong::new(
            format!("`{text}` has no prefix"),
            format!("write `{address}/24`"),
        ),
        Ok(IpAddr::V6(_)) if prefix.is_empty() => Wrong::new(
            format!("`{text}` has no prefix"),
            format!("write `{address}/64`"),
        ),
        Ok(IpAddr::V4(_)) => Wrong::new(
            format!("`/{prefix}` is not a prefix of IPv4"),
            "it is `/0` to `/32`",
        ),
        Ok(IpAddr::V6(_)) => Wrong::new(
            format!("`/{prefix}` is not a prefix of IPv6"),
            "it is `/0` to `/128`",
        ),
        Err(_) => not_an_address(text, "10.0.1.1/24"),
    })
}

fn not_an_address(text: &str, example: &str) -> Wrong {
    Wrong::new(
        format!("`{}` is not an address", shortened(text)),
        format!("write one like `{example}`"),
    )
}

fn usable_by_an_interface(net: IpNet) -> Result<(), Wrong> {
    let address = net.addr();
    let why = match net {
        _ if address.is_unspecified() => "the unspecified address",
        _ if address.is_multicast() => "a multicast address",
        _ if address.is_loopback() => "a loopback address, which no link has",
        // A link-local address means another host on each link. But the peer must be able
        // to send to an address in an IPv6 Address parameter (RFC 9260 section 3.3.2.1.2).
        IpNet::V6(v6) if v6.addr().is_unicast_link_local() => {
            "link-local, which SCTP does not tell its peer"
        }
        IpNet::V4(v4) if v4.prefix_len() < 31 && v4.addr() == v4.network() => {
            "the address of the network itself"
        }
        IpNet::V4(v4) if v4.prefix_len() < 31 && v4.addr() == v4.broadcast() => {
            "the broadcast address of its network"
        }
        _ => return Ok(()),
    };
    Err(Wrong::new(
        format!("`{address}` is {why}"),
        "take the address of a host, such as `10.0.1.1/24` or `fd00:1::1/64`",
    ))
}

macro_rules! address_schema {
    ($type:ident, $name:literal, $description:literal, $pattern:literal, $examples:expr) => {
        impl JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                word_schema($description, $pattern, None, &$examples)
            }
        }
    };
}

address_schema!(
    Prefixed,
    "interface-address",
    "An IPv4 or IPv6 address with the prefix of its network.",
    r"^[0-9a-fA-F:.]+/[0-9]{1,3}$",
    ["10.0.1.1/24", "fd00:1::1/64"]
);
address_schema!(
    Network,
    "network",
    "An IPv4 or IPv6 network.",
    r"^[0-9a-fA-F:.]+/[0-9]{1,3}$",
    ["10.0.2.0/24", "fd00:2::/64"]
);
address_schema!(
    Address,
    "address",
    "An IPv4 or IPv6 address.",
    r"^[0-9a-fA-F:.]+$",
    ["10.0.1.2", "fd00:1::2"]
);
address_schema!(
    AddressRange,
    "address-range",
    "An IPv4 or IPv6 address, or all addresses of a network.",
    r"^[0-9a-fA-F:.]+(/[0-9]{1,3})?$",
    ["10.0.1.2", "10.0.1.0/24", "fd00:1::2"]
);
