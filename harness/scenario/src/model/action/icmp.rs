use std::fmt;

use wire::build::Value;
use wire::frame::Icmp;

/// An ICMP or ICMPv6 error from a scripted peer, about an SCTP packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IcmpSaid {
    /// Type and code of the error.
    pub what: IcmpKind,
    /// The second word, which may have an MTU or a pointer.
    pub word: IcmpWord,
    /// The SCTP packet that the error quotes; by default the last awaited packet.
    pub packet: Option<Value>,
    /// The verification tag in the quoted packet; by default unchanged.
    pub tag: Option<Value>,
    /// Number of quoted bytes; by default as many as fit.
    pub length: Option<usize>,
    /// Source and destination address of the quoted packet, if changed.
    pub addresses: [Option<Value>; 2],
}

/// A type and a code in ICMP and in ICMPv6, whose numbers differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IcmpKind {
    /// In ICMP.
    pub v4: Option<(u8, u8)>,
    /// In ICMPv6.
    pub v6: Option<(u8, u8)>,
}

/// The second word of an ICMP message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IcmpWord {
    /// Unused: 0.
    Unused,
    /// The MTU of the next hop.
    Mtu(u32),
    /// The offset of the error.
    Pointer(u8),
}

impl IcmpKind {
    /// The type and code in one family.
    #[must_use]
    pub fn of(self, is_v6: bool) -> Option<(u8, u8)> {
        match is_v6 {
            false => self.v4,
            true => self.v6,
        }
    }

    /// These numbers in both families.
    #[must_use]
    pub fn numbered(kind: u8, code: u8) -> Self {
        let both = Some((kind, code));
        Self { v4: both, v6: both }
    }
}

impl IcmpWord {
    /// The word, in host byte order: the pointer of ICMP is the first byte (RFC 792), that
    /// of ICMPv6 all of it (RFC 4443, section 3.4).
    #[must_use]
    pub fn number(self, is_v6: bool) -> u32 {
        match (self, is_v6) {
            (Self::Unused, _) => 0,
            (Self::Mtu(mtu), _) => mtu,
            (Self::Pointer(pointer), false) => u32::from(pointer) << 24,
            (Self::Pointer(pointer), true) => pointer.into(),
        }
    }
}

impl fmt::Display for IcmpSaid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_v6 = self.what.v4.is_none();
        let kind = self.what.of(is_v6).unwrap_or_default();
        Icmp::new(is_v6, kind, self.word.number(is_v6), &[]).fmt(f)?;
        match &self.packet {
            Some(packet) => write!(f, " about {packet}")?,
            None => f.write_str(" about the last packet")?,
        }
        if let Some(length) = self.length {
            write!(f, ", {length} bytes of it")?;
        }
        match &self.tag {
            Some(tag) => write!(f, ", with tag {tag} in it"),
            None => Ok(()),
        }
    }
}
