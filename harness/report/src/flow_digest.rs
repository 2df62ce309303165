//! A digest that tells whether a drawn ladder is stale.

use recording::Recording;
use sha2::{Digest, Sha256};

use crate::snapshot::flow_snapshot;

/// A digest of everything that stays the same in each run: the scenario, its flow, and
/// the style of the drawing.
pub(crate) fn digest(recording: &Recording, style: &str) -> String {
    let mut sha = Sha256::new();
    for part in [&recording.scenario, &flow_snapshot(recording), style] {
        sha.update((part.len() as u64).to_le_bytes());
        sha.update(part);
    }
    let bytes = sha.finalize();
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
