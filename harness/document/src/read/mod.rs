//! Reads typed values from the tree. Every reader notes mistakes and continues, so that
//! all mistakes of a file are found at once.

mod field;
mod list;
mod map;
mod one_key;
mod record;
mod shortly;
mod single;
mod suggest;
pub mod value;
mod word;

pub use field::{Optional, Required};
pub use list::{List, OneOrMany};
pub use map::Map;
pub use one_key::{Kind, OneKey, OneOf, kinds};
pub use record::{Entries, key, key_bytes, key_length, record};
pub use shortly::{Short, Shortly};
pub use single::single;
pub use suggest::{all_of, one_of, suggestion};
pub use word::{Choice, ChoiceOf, Word, Wrong, word_schema};

use crate::diagnostic::Problems;
use crate::yaml::Node;

/// A value that a file can have.
pub trait Read: Sized {
    /// Reads the value. `None` if it cannot be read; the reason is in `problems`.
    fn read(node: &Node, problems: &mut Problems<'_>) -> Option<Self>;
}
