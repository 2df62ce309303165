use pcapng::CapturedPacket;

use super::counts::Counts;

/// What happens in a capture of several targets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A packet was seen.
    Packet(CapturedPacket),
    /// A capturer has ended that nobody had asked to. The others go on.
    Died {
        /// The target.
        name: String,
        /// How it ended, and its last words.
        words: String,
        /// How much it had seen, if it said so.
        counts: Option<Counts>,
    },
    /// A capturer has ended as it was asked to. All that it saw was given.
    Ended {
        /// The target.
        name: String,
        /// How much it had seen, if it said so.
        counts: Option<Counts>,
    },
}
