//! Reasons why a capture cannot be shown or judged.

use std::io;
use std::net::IpAddr;
use std::path::PathBuf;

/// Why a capture cannot be shown or judged.
#[derive(Debug, thiserror::Error)]
pub enum CaptureError {
    /// A file cannot be read.
    #[error("{}: {error}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Error of the file system.
        error: io::Error,
    },
    /// The file is no capture, or a damaged one.
    #[error("{}: {error}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The error in the capture.
        error: pcapng::ReadError,
    },
    /// The capture has no SCTP packet.
    #[error("{}: no SCTP packet among {packets}{}{}", path.display(), hint(*packets, *fragments), found(instead))]
    NoSctp {
        /// The file.
        path: PathBuf,
        /// Number of packets in the capture.
        packets: u64,
        /// How many of the packets are fragments of IP packets.
        fragments: u64,
        /// The other protocols or link types, each with its number of packets, the most
        /// frequent first.
        instead: Vec<(String, u64)>,
    },
    /// The capture is too large to be kept in memory.
    #[error("{} has more than {limit} packets, or more than {} MiB of them once they are decoded: too many to be kept in memory", path.display(), bytes >> 20)]
    TooLong {
        /// The file.
        path: PathBuf,
        /// Greatest number of packets.
        limit: usize,
        /// Greatest number of bytes in the packets.
        bytes: usize,
    },
    /// The hosts of the capture are not those of the scenario.
    #[error(
        "the capture has no packet between two nodes of the scenario, but between {}",
        listed(addresses)
    )]
    OtherHosts {
        /// Addresses in the capture.
        addresses: Vec<IpAddr>,
    },
}

fn hint(packets: u64, fragments: u64) -> String {
    match (packets, fragments) {
        (_, 1..) => format!(
            ", {fragments} of them fragments of IP packets whose other fragments are missing"
        ),
        _ => String::new(),
    }
}

/// The other protocols or link types in words, such as `: 29 × link type 9 (PPP)`.
fn found(instead: &[(String, u64)]) -> String {
    const SHOWN: usize = 4;
    let shown: Vec<String> = instead
        .iter()
        .take(SHOWN)
        .map(|(name, count)| format!("{count} × {name}"))
        .collect();
    match (shown.is_empty(), instead.len() > SHOWN) {
        (true, _) => String::new(),
        (_, false) => format!(": {}", shown.join(", ")),
        (_, true) => format!(": {}, and others", shown.join(", ")),
    }
}

fn listed(addresses: &[IpAddr]) -> String {
    const SHOWN: usize = 8;
    let mut shown: Vec<String> = addresses
        .iter()
        .take(SHOWN)
        .map(ToString::to_string)
        .collect();
    if addresses.len() > SHOWN {
        shown.push(format!("{} more", addresses.len() - SHOWN));
    }
    shown.join(", ")
}
