//! A path: an address of the peer in an association.

use std::net::SocketAddr;

use crate::AssocId;

/// The path that an option applies to.
///
/// On a one-to-many socket, the address alone suffices if it belongs to one association
/// only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Path {
    /// The association.
    pub assoc_id: AssocId,
    /// Address of the peer; `None` for all addresses, or for the defaults of future
    /// associations.
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

    /// All paths of the association.
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
