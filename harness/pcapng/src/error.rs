//! What can go wrong with a capture file.

use std::io;

/// Why a capture could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The destination refused.
    #[error("cannot write the capture: {0}")]
    Io(#[from] io::Error),
    /// The packet's interface has not been added.
    #[error("the capture has no interface {0}: add it before its packets")]
    NoSuchInterface(u32),
    /// A text or packet does not fit its length field.
    #[error("{what} of {length} bytes is too long for a capture: {limit} is the limit")]
    TooLong {
        /// What it is.
        what: &'static str,
        /// Its length, in bytes.
        length: usize,
        /// The greatest length, in bytes.
        limit: usize,
    },
}

/// Why a capture could not be read on.
#[derive(Debug, thiserror::Error)]
#[error("capture file, byte {offset}: {kind}")]
pub struct ReadError {
    /// Where the block begins that cannot be read, in bytes from the start of
    /// the file.
    pub offset: u64,
    /// What is wrong with it.
    pub kind: ReadErrorKind,
}

/// What is wrong with a block of a capture file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadErrorKind {
    /// The source failed.
    #[error("cannot be read: {0}")]
    Io(#[from] io::Error),
    /// A section header does not tell a byte order.
    #[error("not a pcapng file")]
    NotPcapng,
    /// The file ends before its header does.
    #[error("the file ends before its header does")]
    NoHeader,
    /// The file is neither pcapng nor pcap.
    #[error("neither a pcapng nor a pcap file")]
    NoCapture,
    /// The file is packed, or in another format, that a program makes a capture of.
    #[error("{what}, not a pcapng or pcap file: `{remedy}` makes one of it")]
    OtherFormat {
        /// What it is.
        what: &'static str,
        /// The command.
        remedy: &'static str,
    },
    /// A version of the pcap format that is not known.
    #[error("pcap version {major}.{minor} is not known, only 2.4")]
    PcapVersion {
        /// The number before the dot.
        major: u16,
        /// The number behind the dot.
        minor: u16,
    },
    /// A pcap file ends inside a packet.
    #[error("the file ends inside a packet")]
    TruncatedPacket,
    /// The length of a packet in a pcap file cannot be.
    #[error("a packet length of {0} cannot be: 16 MiB is the limit")]
    PacketLength(u32),
    /// A version that is not known.
    #[error("pcapng version {major}.{minor} is not known, only 1.x")]
    Version {
        /// The number before the dot.
        major: u16,
        /// The number behind the dot.
        minor: u16,
    },
    /// The file ends inside the block.
    #[error("the file ends inside a block")]
    Truncated,
    /// The block's length cannot be.
    #[error("a block length of {0} cannot be: at least 12, at most 16 MiB, and a multiple of 4")]
    BlockLength(u32),
    /// The length behind the block is not the one in front of it.
    #[error("a block begins with length {front} and ends with length {back}")]
    LengthsDiffer {
        /// The length in front.
        front: u32,
        /// The length behind.
        back: u32,
    },
    /// The block's content ends too early.
    #[error("the block is too short for its {0}")]
    TooShort(&'static str),
    /// A packet of an interface that was not described before.
    #[error("a packet on interface {0}, which the file has not described")]
    NoSuchInterface(u32),
    /// More interfaces than a reader keeps.
    #[error(
        "more than {limit} interfaces, or more than {text_limit} bytes of their names and descriptions: that is the limit"
    )]
    TooManyInterfaces {
        /// How many there may be.
        limit: usize,
        /// How many bytes their texts may have together.
        text_limit: usize,
    },
    /// More comments or other texts than a reader keeps of one block.
    #[error(
        "a block with more than {limit} texts, or more than {byte_limit} bytes of them: that is the limit"
    )]
    TooMuchText {
        /// How many there may be.
        limit: usize,
        /// How many bytes they may have together.
        byte_limit: usize,
    },
    /// A time that does not fit nanoseconds in 64 bits.
    #[error("a time stamp is out of range")]
    Time,
    /// A packet in a kind of block that has no time stamp or is obsolete.
    #[error("a {0} block, which is not supported: rewrite the file with `editcap IN OUT`")]
    Unsupported(&'static str),
}
