//! The form of a file of expected differences.

use document::read::{List, Map, OneOrMany, record};
use document::value::Text;

use crate::value::{Differs, EngineName, From};

/// The whole file: scenarios by name.
pub(crate) type File = Map<List<ExpectationForm>>;

record! {
    /// A known difference between kernels.
    struct ExpectationForm = "{from: 6.4, differs: verdict, what: It has no such scheduler., why: commit 4821a076eb60}" {
        required {
            /// The parts of a comparison that show the difference.
            differs: OneOrMany<Differs>,
            /// The difference in words.
            what: Text,
            /// A commit, a section of an RFC, or a rule of the engine.
            why: Text,
        }
        optional {
            /// The first version with the difference; the first version of each series
            /// that got it.
            from: OneOrMany<From>,
            /// The engine that differs from the others.
            engine: EngineName,
        }
    }
}
