//! Association identifiers and payload protocol identifiers.

use std::fmt;

use crate::sys::sctp_assoc_t;

/// Association identifier on this endpoint: a number of the local kernel, which never
/// appears on the wire. One-to-one sockets ignore it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AssocId(u32);

impl AssocId {
    /// Future associations, and the endpoint itself (RFC 6458 section 7.2).
    pub const FUTURE: Self = Self(0);
    /// All present associations.
    pub const CURRENT: Self = Self(1);
    /// Future and present associations.
    pub const ALL: Self = Self(2);

    /// The association with this number.
    pub const fn new(id: u32) -> Self {
        Self(id)
    }

    /// The number.
    pub const fn get(self) -> u32 {
        self.0
    }

    pub(crate) fn from_raw(raw: sctp_assoc_t) -> Self {
        Self(u32::from_ne_bytes(raw.to_ne_bytes()))
    }

    pub(crate) fn to_raw(self) -> sctp_assoc_t {
        sctp_assoc_t::from_ne_bytes(self.0.to_ne_bytes())
    }
}

impl fmt::Display for AssocId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A payload protocol identifier, as the registry numbers it (S1AP is 18).
///
/// SCTP does not convert these four bytes. RFC 6458 section 5.3.4 leaves their byte order
/// to the application. The registered protocols use network byte order, and so does this
/// type: `Ppid(8)` is `00 00 00 08` on the wire on every machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ppid(pub u32);

impl Ppid {
    pub(crate) fn from_raw(raw: u32) -> Self {
        Self(u32::from_be(raw))
    }

    pub(crate) fn to_raw(self) -> u32 {
        self.0.to_be()
    }
}

impl fmt::Display for Ppid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ppid_lies_in_network_byte_order() {
        assert_eq!(Ppid(8).to_raw().to_ne_bytes(), [0, 0, 0, 8]);
        assert_eq!(
            Ppid::from_raw(Ppid(0x0102_0304).to_raw()),
            Ppid(0x0102_0304)
        );
    }

    #[test]
    fn an_association_id_keeps_every_bit() {
        let largest = AssocId::new(u32::MAX);
        assert_eq!(AssocId::from_raw(largest.to_raw()), largest);
    }
}
