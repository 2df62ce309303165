//! How much a scenario may have a run record.
//!
//! A run keeps all that it sees in memory until its end. In the `vm` engine that is
//! the memory of a guest, which has 512 MB, and where a kernel that has no more ends
//! the run and all that it has seen.

/// The most nodes that a network may have.
pub const MOST_NODES: usize = 200;

/// The most that all messages of a scenario may [weigh](weight).
pub const HEAVIEST: u64 = 100_000_000;

/// About what sending so many messages takes of a run's memory, in bytes: each is
/// seen leaving and arriving, alone in its packet and acknowledged at the worst, and
/// both ends tell of it.
#[must_use]
pub fn weight(messages: u64, size: usize) -> u64 {
    let each = (size as u64).saturating_mul(2).saturating_add(1_000);
    messages.saturating_mul(each)
}
