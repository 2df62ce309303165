//! Associations in a recording: their names, their ends and their transport addresses.

use std::collections::BTreeMap;
use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use wire::{Tsn, VerificationTag};

/// The lab's own name of an association. It has the name of the endpoint that began the
/// association, and that of the peer (`client-server`). From the second association of
/// the same two on, a number follows (`client-server#2`).
///
/// The name is unique in the run, and the same at both ends. An association that replaces
/// another one (SCTP_RESTART) has a new name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct AssociationName(Arc<str>);

impl AssociationName {
    /// The name, as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for AssociationName {
    fn from(name: &str) -> Self {
        Self(name.into())
    }
}

impl From<String> for AssociationName {
    fn from(name: String) -> Self {
        Self(name.into())
    }
}

impl From<AssociationName> for String {
    fn from(name: AssociationName) -> Self {
        name.as_str().to_owned()
    }
}

impl fmt::Display for AssociationName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Gives unique names: the second name with the same base is `base#2`.
#[derive(Clone, Debug, Default)]
pub struct NameGiver(BTreeMap<String, u64>);

impl NameGiver {
    /// The next name with this base.
    pub fn next(&mut self, base: &str) -> AssociationName {
        let given = self.0.entry(base.to_owned()).or_default();
        *given += 1;
        match *given {
            1 => base.into(),
            number => format!("{base}#{number}").into(),
        }
    }
}

/// One end of an association: everything that identifies the end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct AssociationEnd {
    /// The endpoint.
    pub endpoint: String,
    /// The association.
    pub association: AssociationName,
    /// The endpoint at the other end, if it belongs to the lab.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub peer: Option<String>,
    /// The kernel's identifier (`sctp_assoc_t`), if known. One-to-one sockets may share
    /// one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<u32>,
    /// The transport addresses of this end.
    pub local: TransportAddresses,
    /// The transport addresses of the other end, as this end knows them.
    pub remote: TransportAddresses,
    /// The choices of this end for the association, taken from the capture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chosen: Option<Chosen>,
    /// The choices of this end in INIT ACK chunks whose cookie was not echoed, taken from
    /// the capture.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offered: Vec<Chosen>,
    /// Whether the lab found the association in the kernel, as it finds those of a program.
    /// The first INIT of such an association was sent before the lab found it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub found: bool,
}

/// Transport addresses that share a port.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct TransportAddresses {
    /// The port; 0 if it is not known.
    pub port: u16,
    /// The addresses; empty if they are not known.
    pub addresses: Vec<IpAddr>,
}

impl TransportAddresses {
    /// Whether a transport address may be one of these.
    pub(crate) fn may_have(&self, address: IpAddr, port: u16) -> bool {
        self.port == port && (self.addresses.is_empty() || self.addresses.contains(&address))
    }

    /// Adds the addresses that are missing.
    pub(crate) fn extend(&mut self, addresses: impl IntoIterator<Item = IpAddr>) {
        for address in addresses {
            if !self.addresses.contains(&address) {
                self.addresses.push(address);
            }
        }
    }
}

/// The choices of an endpoint for an association, in its INIT or INIT ACK chunk (RFC 9260
/// sections 3.3.2 and 3.3.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Chosen {
    /// The Initiate Tag: verification tag of packets to this end.
    #[serde(with = "tag")]
    pub verification_tag: VerificationTag,
    /// The Initial TSN: TSN of this end's first DATA chunk.
    #[serde(with = "tsn")]
    pub initial_tsn: Tsn,
}

macro_rules! as_number {
    ($module:ident, $type:ident) => {
        mod $module {
            use serde::{Deserialize, Deserializer, Serialize, Serializer};
            use wire::$type;

            pub(super) fn serialize<S: Serializer>(it: &$type, to: S) -> Result<S::Ok, S::Error> {
                it.0.serialize(to)
            }

            pub(super) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<$type, D::Error> {
                u32::deserialize(from).map($type)
            }
        }
    };
}

as_number!(tag, VerificationTag);
as_number!(tsn, Tsn);
