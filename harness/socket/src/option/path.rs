//! One address of the peer in one association.

use std::net::SocketAddr;

use crate::AssocId;

/// Which path an option is about.
///
/// On a one-to-many socket the address alone is enough where it belongs to one
/// association only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Path {
    /// The association.
    pub assoc_id: AssocId,
    /// The peer's address; `None` for all of them, or for the defaults of
    /// associations to come.
    pub address: Option<SocketAddr>,
}

impl Path {
    /// The path to this address.
    pub const fn to(assoc_id: AssocId, address: SocketAddr) -> Self {
        Self {
            assoc_id,
            address: Some(address),
        }
    }

    /// Every path of the association.
    pub const fn all(assoc_id: AssocId) -> Self {
        Self {
            assoc_id,
            address: None,
        }
    }
}

impl From<AssocId> for Path {
    fn from(assoc_id: AssocId) -> Self {
        Self::all(assoc_id)
    }
}
