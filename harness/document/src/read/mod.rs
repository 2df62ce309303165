//! From the tree to typed values. Every reader notes what is wrong and goes
//! on, so that all mistakes of a file are found at once.

mod field;
mod list;
mod map;
mod one_key;
mod record;
mod shortly;
mod single;
mod suggest;
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

/// Something that can stand in a file.
pub trait Read: Sized {
    /// Reads it. `None` where it cannot be had; then `problems` says why.
    fn read(node: &Node, problems: &mut Problems<'_>) -> Option<Self>;
}
