//! Limits on what a scenario may make a run record.
//!
//! A run keeps its whole recording in memory until its end. In the `vm` engine, this is
//! the memory of a guest with 512 MB. A kernel that runs out of memory would end the run
//! and lose the recording.

/// Greatest number of nodes in a network.
pub const MOST_NODES: usize = 200;

/// Greatest [weight](weight) of all messages of a scenario.
pub const HEAVIEST: u64 = 100_000_000;

/// Approximate memory for sending this many messages, in bytes: in the worst case each
/// message leaves and arrives in a packet of its own, is acknowledged, and is recorded at
/// both ends.
#[must_use]
pub fn weight(messages: u64, size: usize) -> u64 {
    let each = (size as u64).saturating_mul(2).saturating_add(1_000);
    messages.saturating_mul(each)
}
