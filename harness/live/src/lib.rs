//! Passes packets on while they are captured: to files, pipes and standard output.
//!
//! [`Outputs`] are opened before a capture starts: standard output, named pipes whose
//! readers come and go, rotated files, or one file for each host. A [`Hub`] then hands
//! every packet that its [`Filter`] takes to all outputs. Each output, and each reader of a
//! pipe, has a thread and a queue of its own. If a queue is full, a slow reader misses
//! packets; for a slow file the hub waits, and then all outputs wait.
//!
//! Every output gets a valid pcapng stream: a header that describes its interfaces, then
//! whole blocks.

mod error;
mod file;
mod filter;
mod header;
mod hub;
mod lanes;
mod output;
mod outputs;
mod pace;
mod pipe;
mod queue;
mod sink;
mod split;
mod stream;

pub use error::OutputError;
pub use file::Rotation;
pub use filter::Filter;
pub use header::Header;
pub use hub::{Hub, Hurry};
pub use output::Report;
pub use outputs::{Destination, Outputs, Readers};
pub use queue::Ended;
