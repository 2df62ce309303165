//! The assertion `chunks`: the number of chunks that left a node, or arrived at one.

use std::fmt;

use super::form::assertion;
use super::{AssertionForm, Check, ChunkPlace, Count, Window};
use crate::check::Scope;
use crate::value::{Boolean, ChunkType};

/// Number of chunks that left a node, or arrived at one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChunkCount {
    /// The chunks, and their place.
    pub chunk: ChunkPlace,
    /// The transmissions of a TSN that count.
    pub transmission: Transmission,
    /// Part of the run.
    pub window: Window,
    /// Wanted number.
    pub count: Count,
}

/// The transmissions of a TSN (DATA, I-DATA) that count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transmission {
    /// All transmissions.
    Any,
    /// The first transmission: new data.
    First,
    /// All transmissions after the first: retransmissions.
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
    /// This many chunks of a type left a node, or arrived at one.
    struct ChunksForm = "{chunk: DATA, from: client, on: path-b, after: cut, at-least: 1}" {
        required {
            /// Their type.
            chunk: ChunkType,
        }
        optional {
            /// Whether only the first transmission of each TSN counts. If left out,
            /// retransmissions count, too.
            new: Boolean,
            /// Whether only retransmissions count: TSNs that the node had sent before, or
            /// that had arrived at the node before.
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
