use super::AssertionForm;
use super::place::Place;
use super::window::check_window;
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::{Check, Sequence};
use crate::read::{List, record};
use crate::value::{Address, ChunkType, Name, Reference, Where};

record! {
    /// Chunks left their nodes in this order; others may have come between.
    struct SequenceForm = "{chunks: [{chunk: INIT, from: client}, {chunk: INIT ACK, from: server}]}" {
        required {
            /// The chunks, in order.
            chunks: List<LinkInChain>,
        }
        optional {
            /// Only what came after this step; from the start of the run if left out.
            after: Reference,
            /// Only what came before this step; to the end of the run if left out.
            before: Reference,
            /// A name for this assertion.
            r#as: Name,
        }
    }
}

record! {
    /// One chunk of a sequence.
    struct LinkInChain = "{chunk: INIT, from: client}" {
        required {
            /// Its type.
            chunk: ChunkType,
        }
        optional {
            /// The node that sent it; any if left out.
            from: Reference,
            /// The link that it left on; any if left out.
            on: Reference,
            /// The address that it went from; any if left out.
            source: Address,
            /// The address that it went to; any if left out.
            destination: Address,
            /// The type of another chunk in the same packet.
            bundled_with: ChunkType,
            /// What its fields say: `{stream: 3, u: true}`.
            r#where: Where,
        }
    }
}

impl AssertionForm for SequenceForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Check> {
        let window = check_window(&self.after, &self.before, scope);
        let list = self.chunks.get()?;
        if list.items.is_empty() && !list.broken {
            scope
                .problems
                .add(
                    self.chunks.spanned()?.span,
                    "this list is empty",
                    "no order",
                )
                .help(format!("a whole one is `{}`", Self::EXAMPLE));
            return None;
        }
        let chunks = list.items.iter().map(|item| {
            let form = &item.value;
            let place = Place {
                chunk: &form.chunk,
                from: &form.from,
                on: &form.on,
                source: &form.source,
                destination: &form.destination,
                bundled_with: &form.bundled_with,
                wanted: &form.r#where,
            };
            place.check(scope)
        });
        let chunks: Vec<_> = chunks.collect();
        Some(Check::Sequence(Sequence {
            chunks: chunks.into_iter().collect::<Option<_>>()?,
            window: window?,
        }))
    }
}
