use std::fmt;

use super::form::assertion;
use super::{AssertionForm, Check, ChunkPlace, Count, Window};
use crate::check::Scope;
use crate::value::{Boolean, ChunkType};

/// How many chunks left a node, or arrived at one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChunkCount {
    /// Which, and where.
    pub chunk: ChunkPlace,
    /// Which of the transmissions of a TSN count.
    pub transmission: Transmission,
    /// When.
    pub window: Window,
    /// How many.
    pub count: Count,
}

/// Which of the transmissions of a TSN are meant (DATA, I-DATA).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transmission {
    /// Each.
    Any,
    /// The first one: new data.
    First,
    /// Every one but the first: retransmissions.
    Again,
}

impl fmt::Display for ChunkCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (before, behind) = match self.transmission {
            Transmission::Any => ("", ""),
            Transmission::First => ("new ", ""),
            Transmission::Again => ("", " again"),
        };
        write!(
            f,
            "{} × {before}{}{behind}{}",
            self.count, self.chunk, self.window
        )
    }
}

assertion! {
    /// So many chunks of a type left a node, or arrived at one.
    struct ChunksForm = "{chunk: DATA, from: client, on: path-b, after: cut, at-least: 1}" {
        required {
            /// Their type.
            chunk: ChunkType,
        }
        optional {
            /// Whether only the first transmission of each TSN counts; retransmissions
            /// count too if left out.
            new: Boolean,
            /// Whether only retransmissions count: TSNs that the node had sent before,
            /// or that had arrived at it before.
            again: Boolean,
        }
    }
    shares {place, window, count}
}

impl AssertionForm for ChunksForm {
    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Check> {
        let chunk = self.place(scope);
        let window = self.window(scope);
        let count = self.count(scope);
        let transmission = self.transmission(scope);
        Some(Check::Chunks(ChunkCount {
            chunk: chunk?,
            transmission: transmission?,
            window: window?,
            count: count?,
        }))
    }
}

impl ChunksForm {
    fn transmission(&self, scope: &mut Scope<'_, '_>) -> Option<Transmission> {
        let is_set = |field: Option<&Boolean>| field.is_some_and(|it| it.0);
        let (transmission, given, word) = match (is_set(self.new.get()), is_set(self.again.get())) {
            (false, false) => return Some(Transmission::Any),
            (true, false) => (Transmission::First, self.new.span()?, "new"),
            (false, true) => (Transmission::Again, self.again.span()?, "again"),
            (true, true) => {
                scope
                    .problems
                    .add(
                        self.again.span()?,
                        "no transmission is both the first and a later one",
                        "`new` is there, too",
                    )
                    .help("keep one of `new` and `again`");
                return None;
            }
        };
        if !self.chunk.get()?.has_tsn() {
            scope
                .problems
                .add(given, "only DATA and I-DATA have a TSN", "neither of them")
                .help(format!(
                    "leave `{word}` out: chunks of this type are never the same again"
                ));
            return None;
        }
        Some(transmission)
    }
}
