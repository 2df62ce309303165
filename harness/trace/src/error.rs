use std::io;
use std::net::IpAddr;
use std::path::PathBuf;

/// Why a capture cannot be shown or judged.
#[derive(Debug, thiserror::Error)]
pub enum CaptureError {
    /// The file system's word.
    #[error("{}: {error}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        error: io::Error,
    },
    /// It is no capture, or a damaged one.
    #[error("{}: {error}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        error: pcapng::ReadError,
    },
    /// There is nothing to show.
    #[error("{}: no SCTP packet among {packets}{}{}", path.display(), hint(*packets, *fragments), found(instead))]
    NoSctp {
        /// The file.
        path: PathBuf,
        /// How many packets there are.
        packets: u64,
        /// How many of them are fragments of IP packets.
        fragments: u64,
        /// What there is instead, by name, each with how many, the most first.
        instead: Vec<(String, u64)>,
    },
    /// It is too large for what is wanted of it.
    #[error("{} has more than {limit} packets, or more than {} MiB of them once they are decoded: too many to be kept in memory", path.display(), bytes >> 20)]
    TooLong {
        /// The file.
        path: PathBuf,
        /// How many there may be.
        limit: usize,
        /// How many bytes of them.
        bytes: usize,
    },
    /// The hosts of the capture are not those of the scenario.
    #[error(
        "the capture has no packet between two nodes of the scenario, but between {}",
        listed(addresses)
    )]
    OtherHosts {
        /// The addresses that there are.
        addresses: Vec<IpAddr>,
    },
}

fn hint(packets: u64, fragments: u64) -> String {
    match (packets, fragments) {
        (_, 1..) => format!(", of which {fragments} are IP fragments of packets that lack others"),
        _ => String::new(),
    }
}

/// As in `: 29 × link type 9 (PPP)`.
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
