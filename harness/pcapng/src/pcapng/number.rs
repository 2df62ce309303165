//! Numbers of the pcapng format, and limits of the reader.

pub(super) const SECTION_HEADER: u32 = 0x0A0D_0D0A;
pub(super) const INTERFACE_DESCRIPTION: u32 = 1;
pub(super) const OBSOLETE_PACKET: u32 = 2;
pub(super) const SIMPLE_PACKET: u32 = 3;
pub(super) const ENHANCED_PACKET: u32 = 6;

/// The byte-order magic of a section header.
pub(super) const BYTE_ORDER_MAGIC: u32 = 0x1A2B_3C4D;

/// Bytes around the content of a block: type and length, and the length again.
pub(super) const AROUND: usize = 12;

/// Greatest length of a block. Wireshark has the same limit.
pub(super) const GREATEST: usize = 16 << 20;

/// Greatest number of texts of one block, and of their bytes. An untrusted file may have
/// any number of texts, and they are kept in memory.
pub(super) const MOST_TEXTS: usize = 1024;
pub(super) const MOST_TEXT: usize = 1 << 20;

/// Greatest number of interfaces of one file, and of the bytes of their texts.
pub(super) const MOST_INTERFACES: usize = 16_384;
pub(super) const MOST_INTERFACE_TEXT: usize = 1 << 20;

/// Option codes of all blocks.
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

/// The bits of the packet flags for the direction, and their values.
pub(super) const DIRECTION: u32 = 0b11;
pub(super) const INBOUND: u32 = 0b01;
pub(super) const OUTBOUND: u32 = 0b10;
