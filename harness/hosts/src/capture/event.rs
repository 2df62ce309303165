//! The events of a capture.

use pcapng::CapturedPacket;

use super::counts::Counts;

/// An event in a capture of several targets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A packet was seen.
    Packet(CapturedPacket),
    /// A capturer has ended without being asked to. The others go on.
    Died {
        /// The target.
        name: String,
        /// How the capturer ended, and its last words.
        words: String,
        /// The counters of the capturer, if it has reported them.
        counts: Option<Counts>,
    },
    /// A capturer has ended as it was asked to. All its packets came before this event.
    Ended {
        /// The target.
        name: String,
        /// The counters of the capturer, if it has reported them.
        counts: Option<Counts>,
    },
}
