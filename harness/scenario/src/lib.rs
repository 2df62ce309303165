//! The scenario language: YAML in, a checked [`Scenario`] out.
//!
//! [`parse`] reads a file into a tree with the place of every value, then into typed
//! forms, and checks these against each other. It continues after a mistake, so that all
//! mistakes are reported at once. In the checked scenario every name refers to something
//! that exists, every address lies in its link, every duration is possible. No other part
//! of the lab has to check these again.
//!
//! From the bottom up: [values](value) of keys, the [model] of what a network and its
//! endpoints are, the [checks](check) that steps and assertions share, the
//! [steps](step) and [assertions](assertion), the [scenario] that has them all.

mod assertion;
mod check;
mod endpoint;
mod exercise;
mod file;
mod genre;
mod known_failure;
mod measure;
mod model;
mod network;
mod option;
mod parameter;
mod parse;
mod reference;
mod sabotage;
mod scenario;
mod schema;
mod socket;
mod step;
mod timers;
mod value;

use document::{diagnostic, read, yaml};

pub use assertion::*;
pub use document::{Diagnostic, FileError, Span, render};
pub use measure::{
    BytesOnWire, Gap, Latency, Measure, Measured, Retransmissions, Throughput, TimeBetween,
};
pub use model::*;
pub use option::SocketOption;
pub use parameter::{Parameter, SEED, Template, UnknownParameter};
pub use parse::{parse, parse_captured, parse_file, parse_file_with, parse_with};
pub use reference::reference;
pub use sabotage::{Edit, Sabotage};
pub use scenario::{Level, Scenario};
pub use schema::schema;
pub use socket::Endpoint;
pub use step::*;
pub use timers::{Profile, profiles};
pub use value::{Binding, Bound, HeartbeatSetting};
