//! The assertion `intervals`: the times between successive chunks.

use std::fmt;
use std::time::Duration;

use rules::spoken;

use super::form::assertion;
use super::{AssertionForm, Check, ChunkPlace, Window};
use crate::check::Scope;
use crate::value::{ChunkType, Time};

/// Times between successive chunks that left a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intervals {
    /// The chunks, and their place.
    pub chunk: ChunkPlace,
    /// Part of the run.
    pub window: Window,
    /// Least time between two successive chunks.
    pub least: Duration,
    /// Greatest time between two successive chunks.
    pub most: Duration,
}

impl fmt::Display for Intervals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (least, most) = (spoken(self.least), spoken(self.most));
        write!(f, "{least} to {most} between {}{}", self.chunk, self.window)
    }
}

assertion! {
    /// The times between successive chunks of a type are within these limits. There are
    /// at least two such chunks.
    struct IntervalsForm = "{chunk: HEARTBEAT, from: client, on: path-a, at-least: 30s, at-most: 32s}" {
        required {
            /// Type of the chunks.
            chunk: ChunkType,
            /// The longest time between two successive chunks.
            at_most: Time,
        }
        optional {
            /// The shortest time between two successive chunks; any if left out.
            at_least: Time,
        }
    }
    shares {place, window}
}

impl AssertionForm for IntervalsForm {
    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Check> {
        let chunk = self.place(scope);
        let window = self.window(scope);
        let most = self.at_most.get()?.0;
        let least = self.at_least.get().map_or(Duration::ZERO, |time| time.0);
        if least > most {
            scope
                .problems
                .add(
                    self.at_least.span()?,
                    "`at-least` is more than `at-most`",
                    "too much",
                )
                .help("no time is at least the one and at most the other; exchange them");
            return None;
        }
        Some(Check::Intervals(Intervals {
            chunk: chunk?,
            window: window?,
            least,
            most,
        }))
    }
}
