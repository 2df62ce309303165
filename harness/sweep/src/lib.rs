//! Sweeps: one scenario with all values of its parameters, and the results.
//!
//! - A [`Grid`] has the cells of a scenario's parameters: each cell is a scenario with one
//!   value for each parameter.
//! - A [`Row`] is the result of one cell: its verdict and its numbers.
//! - A [`Store`] keeps rows on disk as they come, so that a stopped sweep goes on where it
//!   was.
//! - [`Rows`] reads rows one at a time, so that memory does not grow with their number.
//! - A [`Summary`] has the medians and percentiles of all runs with the same parameters,
//!   over all seeds. [`tables`] writes all rows for other programs.

mod error;
mod grid;
mod picture;
mod row;
mod rows;
mod shard;
mod store;
mod summary;
pub mod tables;

pub use error::StoreError;
pub use grid::{Cell, Grid, KERNEL};
pub use picture::{Page, Pages, picture};
pub use row::{Outcome, Row};
pub use rows::{ROWS, Rows};
pub use shard::{BadShard, Shard};
pub use store::{Manifest, Store};
pub use summary::{Gathering, Point, Seen, Spread, Summary};
