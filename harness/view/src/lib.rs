//! A capture in a terminal.
//!
//! - A [`Load`] reads the capture in a thread of its own and puts each packet and each line
//!   of its ladder onto a [`Board`]. They are kept in a file that has no name and goes with
//!   the process; in memory there are some 50 bytes for each line, however long it is.
//! - The model takes keys and knows what is selected, filtered and searched for. It knows of
//!   no terminal.
//! - Drawing shows the model, whatever the size of the terminal.
//!
//! [`view`] runs all of it. What captures say is escaped before it is drawn.

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
