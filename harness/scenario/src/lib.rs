//! The scenario language: YAML in, a checked [`Scenario`] out.
//!
//! [`parse`] reads a file into a tree with the place of every value, then into typed
//! forms, and checks these against each other. It continues after a mistake, so that all
//! mistakes are reported at once. [`model`] is the checked scenario: every name refers to
//! something that exists, every address lies in its link, every duration is possible. No
//! other part of the lab has to check these again.

mod assertion;
mod check;
mod endpoint;
mod exercise;
mod file;
mod known_failure;
mod measure;
pub mod model;
mod network;
mod option;
mod parameter;
mod parse;
mod profile;
mod reference;
mod sabotage;
mod schema;
mod step;
mod value;

use document::{diagnostic, read, yaml};

pub use document::{Diagnostic, FileError, Span, render};
pub use measure::{
    BytesOnWire, Gap, Latency, Measure, Measured, Retransmissions, Throughput, TimeBetween,
};
pub use model::*;
pub use option::SocketOption;
pub use parameter::{Parameter, SEED, Template, UnknownParameter};
pub use parse::{parse, parse_captured, parse_file, parse_file_with, parse_with};
pub use profile::{Profile, profiles};
pub use reference::reference;
pub use schema::schema;
