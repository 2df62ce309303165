//! Words that several findings use.

use std::net::SocketAddr;

use crate::association::Association;

/// An end, by its first address and its port.
pub(crate) fn name(it: &Association, side: usize) -> String {
    let end = &it.ends[side];
    match end.addresses.first() {
        Some(address) => SocketAddr::new(*address, end.port).to_string(),
        None => format!("port {}", end.port),
    }
}

/// A path, by its addresses.
pub(crate) fn path_name(it: &Association, path: usize) -> String {
    let [one, other] = it.paths[path].addresses;
    format!("{one} – {other}")
}

/// Nanoseconds, as in `1.203 s`.
pub(crate) fn seconds(nanoseconds: u64) -> String {
    format!("{:.3} s", nanoseconds as f64 / 1e9)
}

/// A duration in nanoseconds, as in `0.210 ms`, `2.10 ms` and `1.203 s`.
pub(crate) fn lasting(nanoseconds: u64) -> String {
    match nanoseconds {
        0..1_000_000 => format!("{:.3} ms", nanoseconds as f64 / 1e6),
        1_000_000..10_000_000 => format!("{:.2} ms", nanoseconds as f64 / 1e6),
        _ => seconds(nanoseconds),
    }
}

/// The form of a verb for a count: `comes` for one, `come` for others.
pub(crate) fn verb<'w>(count: u64, of_one: &'w str, of_others: &'w str) -> &'w str {
    if count == 1 { of_one } else { of_others }
}

/// A count of something, as in `1 packet` and `2 packets`.
pub(crate) fn times(count: u64, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}
