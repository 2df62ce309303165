//! The `box` engine: another machine, over ssh.
//!
//! The lab's own program is copied there, runs the scenario with the `native`
//! engine, and hands its recording back. Nothing else is needed at the far end
//! but a shell and the right to make networks.

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
