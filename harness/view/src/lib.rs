//! Shows a capture in a terminal.
//!
//! - A [`Load`] reads the capture on a separate thread, and puts each packet and each
//!   line of its ladder on a [`Board`]. Packets and lines are kept in an unnamed file,
//!   which vanishes with the process. Each line takes some 50 bytes of memory, however
//!   long the line is.
//! - The model handles keys, and has the selection, the filter and the search. It is
//!   independent of the terminal.
//! - The drawing shows the model in a terminal of any size.
//!
//! [`view`] runs all of it. Text from captures is escaped before it is drawn.

mod board;
mod draw;
mod entry;
mod fields;
mod filter;
mod finding;
mod keys;
mod model;
mod screen;
mod store;

pub use board::{Board, Filling};
pub use finding::Finding;
pub use screen::{Ended, Load, Looks, view};
