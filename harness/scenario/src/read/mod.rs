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

pub(crate) use field::{Optional, Required};
pub(crate) use list::{List, OneOrMany};
pub(crate) use map::Map;
pub(crate) use one_key::{Kind, OneKey, OneOf, kinds};
pub(crate) use record::{Entries, key, key_bytes, key_length, record};
pub(crate) use shortly::{Short, Shortly};
pub(crate) use single::single;
pub(crate) use suggest::{all_of, one_of, suggestion};
pub(crate) use word::{Choice, ChoiceOf, Word, Wrong, word_schema};

use crate::diagnostic::Problems;
use crate::yaml::Node;

/// Something that can stand in a scenario file.
pub(crate) trait Read: Sized {
    /// Reads it. `None` where it cannot be had; then `problems` says why.
    fn read(node: &Node, problems: &mut Problems<'_>) -> Option<Self>;
}
