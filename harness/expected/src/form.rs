//! A file as it is written.

use document::read::{List, Map, OneOrMany, record};
use document::value::Text;

use crate::value::{Differs, EngineName, From};

/// The whole file: scenarios by their names.
pub(crate) type File = Map<List<ExpectationForm>>;

record! {
    /// A difference between kernels that is known.
    struct ExpectationForm = "{from: 6.4, differs: verdict, what: It has no such scheduler., why: commit 4821a076eb60}" {
        required {
            /// The parts of a comparison that it shows in.
            differs: OneOrMany<Differs>,
            /// What differs, in words.
            what: Text,
            /// A commit, a section of an RFC, or a rule of the engine.
            why: Text,
        }
        optional {
            /// The first version that has it; of several series that it came to, each one's
            /// first.
            from: OneOrMany<From>,
            /// The engine that differs from the others.
            engine: EngineName,
        }
    }
}
