//! Findings in a capture, with their packets.

/// A finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The fault, in a sentence without a full stop.
    pub words: String,
    /// What the user can try.
    pub remedy: String,
    /// The packets that show the fault, by their numbers in the file, from 1.
    pub packets: Vec<u64>,
}
