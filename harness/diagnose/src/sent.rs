//! A chunk of user data on its way.

use wire::Tsn;

use crate::evidence::Moment;

/// A chunk that is not acknowledged cumulatively yet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sent {
    pub(crate) tsn: Tsn,
    pub(crate) first: Moment,
    pub(crate) last: Moment,
    pub(crate) times: u32,
    pub(crate) path: usize,
    /// The size in bytes of the packet that the chunk was in.
    pub(crate) size: usize,
    /// Whether a Gap Ack Block of a SACK has the chunk.
    pub(crate) has_arrived: bool,
}
