//! The exercise `predict`: the ladder stops before a packet.

use std::borrow::Cow;

use super::packet::check_packet;
use super::{ExerciseForm, Known, exercise, told};
use crate::diagnostic::{Problems, Span};
use crate::model::{Ask, Predicted};
use crate::read::{Choice, ChoiceOf};
use crate::value::{ChunkType, Number, Reference};

exercise! {
    /// The ladder stops before a packet: the learner predicts it.
    struct PredictForm = "{chunk: COOKIE ECHO, from: client, because: The cookie has to come back., rfc: 9260#5.1}" {
        required {
            /// A chunk of the packet before which the ladder stops.
            chunk: ChunkType,
            /// The node that sends it.
            from: Reference,
        }
        optional {
            /// Number of the packet among those from this node with such a chunk, from 1; the
            /// first one if left out.
            nth: Number,
            /// The question; the packet's chunk, if left out.
            ask: ChoiceOf<Predicted>,
        }
    }
}

impl Choice for Predicted {
    const WHAT: &'static str = "what can be foretold";

    fn choices() -> Vec<(Cow<'static, str>, Self)> {
        vec![
            ("chunk".into(), Self::Chunk),
            ("path".into(), Self::Path),
            ("wait".into(), Self::Wait),
        ]
    }
}

impl ExerciseForm for PredictForm {
    told!();

    fn check(&self, _: Span, known: Known<'_>, problems: &mut Problems<'_>) -> Option<Ask> {
        let packet = check_packet(&self.chunk, &self.from, &self.nth, known, problems);
        let ask = self.ask.check(|ask| Some(ask.value.0))?;
        let ask = ask.unwrap_or(Predicted::Chunk);
        if ask == Predicted::Path && known.world.complete && known.world.links.len() < 2 {
            problems
                .add(
                    self.ask.span()?,
                    "there is one path, so there is nothing to foretell",
                    "one link",
                )
                .help("ask for the `chunk` or for the `wait`");
            return None;
        }
        Some(Ask::Predict {
            packet: packet?,
            what: ask,
        })
    }
}
