//! YAML as a tree in which every key and value has its place.

mod load;
mod tree;

pub use load::{Genre, load};
pub use tree::{Node, Value, shortened};
