//! What must be true of a whole recording. One file a kind: what it holds,
//! and how it is spoken of on the screen.

mod calls;
mod chunks;
mod count;
mod counters;
mod delivered;
mod echoes;
mod followed;
mod intervals;
mod messages;
mod notifications;
mod paths;
mod sequence;
mod window;

use std::fmt;

use super::StepName;

pub use calls::CallCount;
pub use chunks::{ChunkCount, ChunkPlace};
pub use count::Count;
pub use counters::Counters;
pub use delivered::Delivered;
pub use echoes::Echoes;
pub use followed::Followed;
pub use intervals::Intervals;
pub use messages::MessageCount;
pub use notifications::NotificationCount;
pub use paths::PathCount;
pub use sequence::Sequence;
pub use window::Window;

/// Something that must be true of the whole recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assertion {
    /// Given by `as:`; else the kind, numbered where it occurs more than once.
    pub name: StepName,
    /// The line in the scenario file, from 1.
    pub line: usize,
    /// What must be true.
    pub check: Check,
}

macro_rules! checks {
    ($($check:ident($form:ident),)+) => {
        /// What an assertion looks at.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "each variant is documented at its type")]
        pub enum Check {
            $($check($form),)+
        }

        impl fmt::Display for Check {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Check::$check(it) => it.fmt(f),)+
                }
            }
        }
    };
}

checks! {
    Delivered(Delivered),
    Chunks(ChunkCount),
    Notifications(NotificationCount),
    Messages(MessageCount),
    Calls(CallCount),
    Paths(PathCount),
    Sequence(Sequence),
    Echoes(Echoes),
    Followed(Followed),
    Intervals(Intervals),
    Counters(Counters),
}

impl Check {
    /// The part of the run that it looks at, where it can be told.
    #[must_use]
    pub fn window(&self) -> Option<&Window> {
        match self {
            Check::Chunks(it) => Some(&it.window),
            Check::Notifications(it) => Some(&it.window),
            Check::Messages(it) => Some(&it.window),
            Check::Calls(it) => Some(&it.window),
            Check::Paths(it) => Some(&it.window),
            Check::Sequence(it) => Some(&it.window),
            Check::Echoes(it) => Some(&it.window),
            Check::Intervals(it) => Some(&it.window),
            Check::Delivered(_) | Check::Followed(_) | Check::Counters(_) => None,
        }
    }
}
