//! What was found in a capture, with the packets to jump to.

/// A finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong, in a sentence without a full stop.
    pub words: String,
    /// What to try.
    pub remedy: String,
    /// The packets that prove it, by their numbers in the file, from 1.
    pub packets: Vec<u64>,
}
