use std::fmt;
use std::time::Duration;

use super::form::assertion;
use super::{AssertionForm, Check, ChunkPlace, Window};
use crate::check::Scope;
use crate::model::words::spoken;
use crate::value::{ChunkType, Time};

/// How long after one another chunks left a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intervals {
    /// Which, and where.
    pub chunk: ChunkPlace,
    /// When.
    pub window: Window,
    /// No two follow one another sooner.
    pub least: Duration,
    /// No two follow one another later.
    pub most: Duration,
}

impl fmt::Display for Intervals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (least, most) = (spoken(self.least), spoken(self.most));
        write!(f, "{least} to {most} between {}{}", self.chunk, self.window)
    }
}

assertion! {
    /// Chunks of a type followed one another so fast and no faster; there are at least
    /// two.
    struct IntervalsForm = "{chunk: HEARTBEAT, from: client, on: path-a, at-least: 30s, at-most: 32s}" {
        required {
            /// Their type.
            chunk: ChunkType,
            /// The longest time from one to the next.
            at_most: Time,
        }
        optional {
            /// The shortest time from one to the next; any if left out.
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
                .help("nothing could be between the two; turn them round");
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
