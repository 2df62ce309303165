//! Chunks, the parts of a packet (RFC 9260, section 3.2).
//!
//! Each chunk type has a module here and a row in the table below.

mod abort;
mod asconf;
mod asconf_ack;
mod auth;
mod cookie_ack;
mod cookie_echo;
mod cwr;
mod data;
mod ecne;
mod error;
mod forward_tsn;
mod heartbeat;
mod heartbeat_ack;
mod i_data;
mod i_forward_tsn;
mod init;
mod init_ack;
mod name;
mod nr_sack;
mod pad;
mod re_config;
mod sack;
mod shutdown;
mod shutdown_ack;
mod shutdown_complete;
mod table;
mod unknown;

pub use abort::Abort;
pub use asconf::Asconf;
pub use asconf_ack::AsconfAck;
pub use auth::Auth;
pub use cookie_ack::CookieAck;
pub use cookie_echo::CookieEcho;
pub use cwr::Cwr;
pub use data::Data;
pub use ecne::Ecne;
pub use error::Error;
pub use forward_tsn::{ForwardTsn, SkippedStream};
pub use heartbeat::Heartbeat;
pub use heartbeat_ack::HeartbeatAck;
pub use i_data::{Fragment, IData};
pub use i_forward_tsn::{IForwardTsn, SkippedMessage};
pub use init::Init;
pub use init_ack::InitAck;
pub use name::UnknownChunkName;
pub use nr_sack::NrSack;
pub use pad::Pad;
pub use re_config::ReConfig;
pub use sack::{GapAckBlock, Sack};
pub use shutdown::Shutdown;
pub use shutdown_ack::ShutdownAck;
pub use shutdown_complete::ShutdownComplete;
pub use unknown::Unknown;

use std::fmt;

use crate::cursor::Cursor;
use crate::field::{self, Field, FieldSpec};
use crate::{DecodeError, tlv};

/// The value of a chunk: the bytes after type, flags and length.
trait Value: Sized {
    /// Reads the value. The caller checks that no bytes are left over.
    fn decode(flags: u8, cursor: &mut Cursor<'_>) -> Result<Self, DecodeError>;

    /// The flags; reserved bits are 0.
    fn flags(&self) -> u8 {
        0
    }

    /// Appends the value without padding.
    fn encode(&self, out: &mut Vec<u8>);
}

table::chunks! {
    /// Carries user data (RFC 9260, section 3.3.1).
    Data = 0, "DATA", "data";
    /// Begins an association (RFC 9260, section 3.3.2).
    Init = 1, "INIT", "init";
    /// Answers an INIT chunk (RFC 9260, section 3.3.3).
    InitAck = 2, "INIT ACK", "init-ack";
    /// Acknowledges user data and reports gaps (RFC 9260, section 3.3.4).
    Sack = 3, "SACK", "sack";
    /// Probes the reachability of a destination transport address (RFC 9260, section
    /// 3.3.5).
    Heartbeat = 4, "HEARTBEAT", "heartbeat";
    /// Answers a HEARTBEAT chunk (RFC 9260, section 3.3.6).
    HeartbeatAck = 5, "HEARTBEAT ACK", "heartbeat-ack";
    /// Closes an association immediately (RFC 9260, section 3.3.7).
    Abort = 6, "ABORT", "abort";
    /// Starts a graceful shutdown (RFC 9260, section 3.3.8).
    Shutdown = 7, "SHUTDOWN", "shutdown";
    /// Answers a SHUTDOWN chunk (RFC 9260, section 3.3.9).
    ShutdownAck = 8, "SHUTDOWN ACK", "shutdown-ack";
    /// Reports an error (RFC 9260, section 3.3.10).
    Error = 9, "ERROR", "error";
    /// Returns the state cookie (RFC 9260, section 3.3.11).
    CookieEcho = 10, "COOKIE ECHO", "cookie-echo";
    /// Answers a COOKIE ECHO chunk (RFC 9260, section 3.3.12).
    CookieAck = 11, "COOKIE ACK", "cookie-ack";
    /// Reports a congestion mark (RFC 4960, appendix A).
    Ecne = 12, "ECNE", "ecne";
    /// Answers an ECNE chunk (RFC 4960, appendix A).
    Cwr = 13, "CWR", "cwr";
    /// Answers a SHUTDOWN ACK chunk (RFC 9260, section 3.3.13).
    ShutdownComplete = 14, "SHUTDOWN COMPLETE", "shutdown-complete";
    /// Authenticates the chunks after it (RFC 4895, section 5.1).
    Auth = 15, "AUTH", "auth";
    /// Acknowledges user data, part of it non-renegable
    /// (draft-natarajan-tsvwg-sctp-nrsack, section 4).
    NrSack = 16, "NR-SACK", "nr-sack";
    /// Carries user data that may be interleaved (RFC 8260, section 2.1).
    IData = 64, "I-DATA", "i-data";
    /// Answers an ASCONF chunk (RFC 5061, section 4.1.2).
    AsconfAck = 128, "ASCONF-ACK", "asconf-ack";
    /// Resets or adds streams (RFC 6525, section 3.1).
    ReConfig = 130, "RE-CONFIG", "re-config";
    /// Makes a packet longer (RFC 4820, section 3).
    Pad = 132, "PAD", "pad";
    /// Abandons user data (RFC 3758, section 3.2).
    ForwardTsn = 192, "FORWARD TSN", "forward-tsn";
    /// Changes the sender's addresses (RFC 5061, section 4.1.1).
    Asconf = 193, "ASCONF", "asconf";
    /// Abandons interleaved user data (RFC 8260, section 2.3.1).
    IForwardTsn = 194, "I-FORWARD-TSN", "i-forward-tsn";
}

/// Shows parameters or causes in brackets after a blank; nothing if there are none.
fn show_all<T: fmt::Display>(all: &[T], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if all.is_empty() {
        return Ok(());
    }
    f.write_str(" ")?;
    tlv::show_list(all, f)
}

/// Decodes a chunk from its bytes, for tests.
#[cfg(test)]
fn decode_one(bytes: &'static [u8]) -> Chunk {
    let bytes = bytes::Bytes::from_static(bytes);
    let mut cursor = Cursor::new(&bytes, "chunk header");
    let chunk = Chunk::decode(&mut cursor).unwrap();
    cursor.align().unwrap();
    cursor.finish().unwrap();
    chunk
}

/// Asserts for tests that the bytes decode to the chunk, that the chunk encodes to the
/// bytes, and that it is shown as `shown`.
#[cfg(test)]
#[track_caller]
fn assert_on_the_wire(bytes: &'static [u8], chunk: impl Into<Chunk>, shown: &str) {
    let chunk = chunk.into();
    assert_eq!(decode_one(bytes), chunk);
    let mut encoded = Vec::new();
    chunk.encode(&mut encoded);
    crate::tlv::pad(&mut encoded);
    assert_eq!(encoded, bytes);
    assert_eq!(chunk.to_string(), shown);
}
