use super::AssertionForm;
use super::count::Bounds;
use super::place::Place;
use super::window::check_window;
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::{Check, ChunkCount};
use crate::read::record;
use crate::value::{Address, Boolean, ChunkType, Name, Number, Reference, Where};

record! {
    /// So many chunks of a type left a node.
    struct ChunksForm = "{chunk: DATA, from: client, on: path-b, after: cut, at-least: 1}" {
        required {
            /// Their type.
            chunk: ChunkType,
        }
        optional {
            /// The node that sent them; any if left out.
            from: Reference,
            /// The link that they left on; any if left out.
            on: Reference,
            /// Only those that went from this address.
            source: Address,
            /// Only those that went to this address.
            destination: Address,
            /// Only those in one packet with a chunk of this type.
            bundled_with: ChunkType,
            /// Only those whose fields say so: `{stream: 3, u: true}`.
            r#where: Where,
            /// Whether only the first transmission of each TSN counts; retransmissions
            /// count too if left out.
            new: Boolean,
            /// Only what came after this step; from the start of the run if left out.
            after: Reference,
            /// Only what came before this step; to the end of the run if left out.
            before: Reference,
            /// This many or more.
            at_least: Number,
            /// This many or fewer.
            at_most: Number,
            /// Exactly this many.
            exactly: Number,
            /// A name for this assertion.
            r#as: Name,
        }
    }
}

impl AssertionForm for ChunksForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Check> {
        let place = Place {
            chunk: &self.chunk,
            from: &self.from,
            on: &self.on,
            source: &self.source,
            destination: &self.destination,
            bundled_with: &self.bundled_with,
            wanted: &self.r#where,
        };
        let chunk = place.check(scope);
        let window = check_window(&self.after, &self.before, scope);
        let bounds = Bounds {
            at_least: &self.at_least,
            at_most: &self.at_most,
            exactly: &self.exactly,
        };
        let count = bounds.check(scope.own_span, scope.problems);
        let new_only = self.new.get().is_some_and(|new| new.0);
        if new_only && !self.chunk.get()?.has_tsn() {
            scope
                .problems
                .add(
                    self.new.span()?,
                    "only DATA and I-DATA have a TSN",
                    "neither of them",
                )
                .help("leave `new` out: chunks of this type are never the same again");
        }
        Some(Check::Chunks(ChunkCount {
            chunk: chunk?,
            new_only,
            window: window?,
            count: count?,
        }))
    }
}
