use crate::check::{Scope, check_where};
use crate::model::ChunkPlace;
use crate::read::{Optional, Required};
use crate::value::{Address, ChunkType, Reference, Where};

/// The fields that say which chunks are meant, and where they were sent.
pub(crate) struct Place<'f> {
    pub(crate) chunk: &'f Required<ChunkType>,
    pub(crate) from: &'f Optional<Reference>,
    pub(crate) on: &'f Optional<Reference>,
    pub(crate) source: &'f Optional<Address>,
    pub(crate) destination: &'f Optional<Address>,
    pub(crate) bundled_with: &'f Optional<ChunkType>,
    pub(crate) wanted: &'f Optional<Where>,
}

impl Place<'_> {
    pub(crate) fn check(&self, scope: &mut Scope<'_, '_>) -> Option<ChunkPlace> {
        let on = scope.optional(self.on, |scope, on| scope.link(on));
        let link = on.as_ref().and_then(Option::as_ref);
        let from = scope.optional(self.from, |scope, node| scope.end_of(link, node));
        let source = self.source.check(|address| Some(address.value.0));
        let destination = self.destination.check(|address| Some(address.value.0));
        let bundled_with = self.bundled_with.check(|chunk| Some(chunk.value.0));
        let pattern = check_where(self.chunk.get()?.0, self.wanted, scope);
        Some(ChunkPlace {
            pattern: pattern?,
            from: from?,
            on: on?,
            source: source?,
            destination: destination?,
            bundled_with: bundled_with?,
        })
    }
}
