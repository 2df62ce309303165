//! The exercise `order`: the learner puts shuffled packets in order.

use std::num::NonZeroU64;

use super::packet::check_packet;
use super::{ExerciseForm, Known, exercise, told};
use crate::diagnostic::{Problems, Span};
use crate::model::Ask;
use crate::value::{ChunkType, Number, Reference};

exercise! {
    /// Successive packets are shuffled: the learner puts them in order.
    struct OrderForm = "{chunk: INIT, from: client, packets: 4, because: A cookie goes there and back., rfc: 9260#5.1}" {
        required {
            /// A chunk of the first packet.
            chunk: ChunkType,
            /// The node that sends it.
            from: Reference,
            /// Number of packets from this one on: 2 to 6.
            packets: Number,
        }
        optional {
            /// Number of the first packet among those from this node with such a chunk, from
            /// 1; the first one if left out.
            nth: Number,
        }
    }
}

/// Greatest number of packets: more would be tedious.
const MOST: u64 = 6;

impl ExerciseForm for OrderForm {
    told!();

    fn check(&self, _: Span, known: Known<'_>, problems: &mut Problems<'_>) -> Option<Ask> {
        let first = check_packet(&self.chunk, &self.from, &self.nth, known, problems);
        let packets = self.packets.spanned()?;
        if !(2..=MOST).contains(&packets.value.0) {
            problems
                .add(
                    packets.span,
                    format!("{} packets cannot be put in order", packets.value.0),
                    "too few, or too many",
                )
                .help(format!("write a number from 2 to {MOST}"));
            return None;
        }
        Some(Ask::Order {
            first: first?,
            packets: NonZeroU64::new(packets.value.0)?,
        })
    }
}
