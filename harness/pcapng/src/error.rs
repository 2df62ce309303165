//! Errors of reading and writing capture files.

use std::io;

/// Reason why a capture could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The destination failed.
    #[error("cannot write the capture: {0}")]
    Io(#[from] io::Error),
    /// The packet's interface was not added.
    #[error("the capture has no interface {0}: add it before its packets")]
    NoSuchInterface(u32),
    /// A text or packet is too long for its length field.
    #[error("{what} of {length} bytes is too long for a capture: {limit} is the limit")]
    TooLong {
        /// What is too long.
        what: &'static str,
        /// Its length, in bytes.
        length: usize,
        /// The greatest length, in bytes.
        limit: usize,
    },
}

/// Reason why a capture could not be read any further.
#[derive(Debug, thiserror::Error)]
#[error("capture file, byte {offset}: {kind}")]
pub struct ReadError {
    /// Offset of the block or packet that cannot be read, in bytes from the start of the
    /// file. In a compressed file, the bytes are those of the decompressed content.
    pub offset: u64,
    /// The error in the block or packet.
    pub kind: ReadErrorKind,
}

/// The error in a block or packet of a capture file, or in its header.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadErrorKind {
    /// The source failed.
    #[error("cannot be read: {0}")]
    Io(#[from] io::Error),
    /// The byte-order magic of a section header is invalid.
    #[error("not a pcapng file")]
    NotPcapng,
    /// The file ends inside its header.
    #[error("the file ends before its header does")]
    NoHeader,
    /// The file is neither pcapng nor pcap.
    #[error("neither a pcapng nor a pcap file")]
    NoCapture,
    /// The file is compressed or in another format that a program can convert.
    #[error("{what}, not a pcapng or pcap file: `{remedy}` makes one of it")]
    OtherFormat {
        /// Name of the format.
        what: &'static str,
        /// The command.
        remedy: &'static str,
    },
    /// An unknown version of the pcap format.
    #[error("pcap version {major}.{minor} is not known, only 2.4")]
    PcapVersion {
        /// Major version.
        major: u16,
        /// Minor version.
        minor: u16,
    },
    /// A pcap file ends inside a packet.
    #[error("the file ends inside a packet")]
    TruncatedPacket,
    /// An impossible length of a packet in a pcap file.
    #[error("a packet length of {0} cannot be: 16 MiB is the limit")]
    PacketLength(u32),
    /// An unknown version of the pcapng format.
    #[error("pcapng version {major}.{minor} is not known, only 1.x")]
    Version {
        /// Major version.
        major: u16,
        /// Minor version.
        minor: u16,
    },
    /// The file ends inside a block.
    #[error("the file ends inside a block")]
    Truncated,
    /// An impossible length of a block.
    #[error("a block length of {0} cannot be: at least 12, at most 16 MiB, and a multiple of 4")]
    BlockLength(u32),
    /// The two length fields of a block differ.
    #[error("a block begins with length {front} and ends with length {back}")]
    LengthsDiffer {
        /// The length before the content.
        front: u32,
        /// The length after the content.
        back: u32,
    },
    /// The content of a block ends too early.
    #[error("the block is too short for its {0}")]
    TooShort(&'static str),
    /// A packet of an interface that was not described before it.
    #[error("a packet on interface {0}, which the file has not described")]
    NoSuchInterface(u32),
    /// More interfaces than a reader keeps.
    #[error(
        "more than {limit} interfaces, or more than {text_limit} bytes of their names and descriptions: that is the limit"
    )]
    TooManyInterfaces {
        /// Greatest number of interfaces.
        limit: usize,
        /// Greatest number of bytes in their texts.
        text_limit: usize,
    },
    /// More comments or other texts in one block than a reader keeps.
    #[error(
        "a block with more than {limit} texts, or more than {byte_limit} bytes of them: that is the limit"
    )]
    TooMuchText {
        /// Greatest number of texts.
        limit: usize,
        /// Greatest number of bytes in the texts.
        byte_limit: usize,
    },
    /// A time that does not fit into 64 bits of nanoseconds.
    #[error("a time stamp is out of range")]
    Time,
    /// A packet in a kind of block that is obsolete or has no time stamp.
    #[error("a {0} block, which is not supported: rewrite the file with `editcap IN OUT`")]
    Unsupported(&'static str),
}
