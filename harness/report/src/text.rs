//! Words that the report's parts share.

pub use terminal::escape;
pub(crate) use terminal::{columns, cut};

/// As in `1 packet` and `2 packets`.
#[must_use]
pub fn count(number: u64, what: &str) -> String {
    match number {
        1 => format!("1 {what}"),
        _ => format!("{number} {what}s"),
    }
}
