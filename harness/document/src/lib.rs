//! Reads YAML files that people write.
//!
//! A file becomes a tree in which every value has its place ([`yaml`]). The tree becomes
//! typed forms ([`read`]), from which a JSON Schema is made, too. Every reader notes
//! mistakes and continues, so that all mistakes of a file are reported at once
//! ([`diagnostic`]), each with its place and with what to write instead ([`render`]).
//!
//! The meaning of the files belongs to the crates above: this crate knows only their
//! form.

pub mod diagnostic;
mod file;
pub mod read;
mod render;
mod schema;
pub mod yaml;

pub use diagnostic::{Diagnostic, Span};
pub use file::{FileError, read_file};
pub use read::value;
pub use render::render;
pub use schema::show_examples;
