use std::time::Duration;

use super::AssertionForm;
use super::place::Place;
use super::window::check_window;
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::{Check, Intervals};
use crate::read::record;
use crate::value::{Address, ChunkType, Name, Reference, Time, Where};

record! {
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
            /// Only what came after this step; from the start of the run if left out.
            after: Reference,
            /// Only what came before this step; to the end of the run if left out.
            before: Reference,
            /// A name for this assertion.
            r#as: Name,
        }
    }
}

impl AssertionForm for IntervalsForm {
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
