//! The `box` engine: another machine, over ssh.
//!
//! The lab's own program is copied to the machine, runs the scenario there with the
//! `native` engine, and returns the recording. The machine needs nothing else but a shell
//! and the right to make networks.

mod boxed;
mod error;
mod kind;
mod program;
mod serve;
mod system;
mod target;

pub use boxed::RemoteBox;
pub use error::BoxError;
pub use kind::Remote;
pub use serve::serve;
pub use target::Target;
