//! Rules of a network's faults, as plain data: which frames a rule matches, when it is in
//! force, on which of the matching frames it acts, and what becomes of these.
//!
//! A scenario states rules, and the fabric of the network keeps them. Both use these types,
//! so that an action is one thing from the file to the frame. A rule has the names of links
//! and nodes; the fabric finds the links and nodes of these names.

mod action;
mod alter;
mod frames;
mod nth;
mod rule;
mod window;
mod words;

pub use action::{Action, Corruption, Leaving, Rewriting, To, When};
pub use frames::{Match, Protocol};
pub use nth::Nth;
pub use rule::Rule;
pub use window::Window;
pub use words::spoken;
