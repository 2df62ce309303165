//! Words that several files of the crate use.

pub use terminal::escape;
pub(crate) use terminal::{columns, cut};

/// A number with its noun, such as `1 packet` and `2 packets`.
#[must_use]
pub fn count(number: u64, what: &str) -> String {
    match number {
        1 => format!("1 {what}"),
        _ => format!("{number} {what}s"),
    }
}
