//! The timers of an endpoint, and profiles: sets of timers that have a name.

mod form;
mod profile;
mod profile_file;

pub(crate) use form::{RtoForm, TimersForm, limit};

pub use profile::{Profile, profiles};
