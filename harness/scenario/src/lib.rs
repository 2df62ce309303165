//! The scenario language: YAML in, a checked [`Scenario`] out.
//!
//! [`model`] is what a scenario *is* once it has been checked: every name in
//! it refers to something that exists, every address lies in its link, every
//! duration is possible. Nothing else in the lab has to ask again.

pub mod model;

pub use model::*;
