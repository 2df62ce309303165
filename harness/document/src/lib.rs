//! YAML files that people write.
//!
//! A file becomes a tree that knows where everything stands ([`yaml`]), and the
//! tree becomes typed forms ([`read`]), which are also the source of a JSON
//! Schema. Every reader notes what is wrong and goes on, so that all mistakes of
//! a file are told at once ([`diagnostic`]), each with its place and with what to
//! write instead ([`render`]).
//!
//! What the files say is for the rooms above: this one knows the form alone.

pub mod diagnostic;
mod file;
pub mod read;
mod render;
mod schema;
pub mod value;
pub mod yaml;

pub use diagnostic::{Diagnostic, Span};
pub use file::{FileError, read_file};
pub use render::render;
pub use schema::show_examples;
