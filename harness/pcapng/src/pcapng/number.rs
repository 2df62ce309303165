//! Numbers that stand in blocks.

pub(super) const SECTION_HEADER: u32 = 0x0A0D_0D0A;
pub(super) const INTERFACE_DESCRIPTION: u32 = 1;
pub(super) const OBSOLETE_PACKET: u32 = 2;
pub(super) const SIMPLE_PACKET: u32 = 3;
pub(super) const ENHANCED_PACKET: u32 = 6;

/// Tells the byte order of a section.
pub(super) const BYTE_ORDER_MAGIC: u32 = 0x1A2B_3C4D;

/// Bytes of a block around its content: type and length, and the length again.
pub(super) const AROUND: usize = 12;

/// The greatest block that is read: what Wireshark takes, too.
pub(super) const GREATEST: usize = 16 << 20;

/// Texts of one block that are kept, and their bytes together. A file may say
/// anything of its packets, and whoever reads it keeps that in memory.
pub(super) const MOST_TEXTS: usize = 1024;
pub(super) const MOST_TEXT: usize = 1 << 20;

/// Interfaces of one file that are kept, and the bytes of their texts together.
pub(super) const MOST_INTERFACES: usize = 16_384;
pub(super) const MOST_INTERFACE_TEXT: usize = 1 << 20;

/// Option codes that any block may have.
pub(super) const OPT_END: u16 = 0;
pub(super) const OPT_COMMENT: u16 = 1;

/// Option codes of section headers.
pub(super) const SHB_HARDWARE: u16 = 2;
pub(super) const SHB_OS: u16 = 3;
pub(super) const SHB_USERAPPL: u16 = 4;

/// Option codes of interface descriptions.
pub(super) const IF_NAME: u16 = 2;
pub(super) const IF_DESCRIPTION: u16 = 3;
pub(super) const IF_TSRESOL: u16 = 9;
pub(super) const IF_TSOFFSET: u16 = 14;

/// Option codes of enhanced packets.
pub(super) const EPB_FLAGS: u16 = 2;

/// The bits of the packet flags that tell the direction, and their values.
pub(super) const DIRECTION: u32 = 0b11;
pub(super) const INBOUND: u32 = 0b01;
pub(super) const OUTBOUND: u32 = 0b10;
