//! YAML as a tree in which every key and value knows where it stands.

mod load;
mod tree;

pub(crate) use load::load;
pub(crate) use tree::{Node, Value, shortened};
