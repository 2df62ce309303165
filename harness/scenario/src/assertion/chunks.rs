use super::AssertionForm;
use super::count::Bounds;
use super::window::check_window;
use crate::check::{Scope, check_where};
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
        let on = scope.optional(&self.on, |scope, on| scope.link(on));
        let link = on.as_ref().and_then(Option::as_ref);
        let from = scope.optional(&self.from, |scope, node| scope.end_of(link, node));
        let window = check_window(&self.after, &self.before, scope);
        let bounds = Bounds {
            at_least: &self.at_least,
            at_most: &self.at_most,
            exactly: &self.exactly,
        };
        let count = bounds.check(scope.own_span, scope.problems);
        let chunk = *self.chunk.get()?;
        let pattern = check_where(chunk.0, &self.r#where, scope);
        let source = self.source.check(|address| Some(address.value.0));
        let destination = self.destination.check(|address| Some(address.value.0));
        let bundled_with = self.bundled_with.check(|chunk| Some(chunk.value.0));
        let new_only = self.new.get().is_some_and(|new| new.0);
        if new_only && !chunk.has_tsn() {
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
            chunk: pattern?,
            from: from?,
            on: on?,
            source: source?,
            destination: destination?,
            bundled_with: bundled_with?,
            new_only,
            window: window?,
            count: count?,
        }))
    }
}
