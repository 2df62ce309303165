//! The engines in which scenarios run: this machine's kernel (`native`), a kernel that is
//! a process of this machine, in virtual time (`uml`), a stock kernel under QEMU, in
//! virtual time (`vm`), and another machine over ssh (`box`). Each engine is a [`Kind`].
//!
//! The `vm` engine boots a kernel once, saves the booted machine and resumes the saved
//! machine for every run. [`vm`] is the host's side, and `guest` the side inside the
//! emulated machine. The mailbox is the one piece of memory that both sides can see.

pub mod against;
mod answer;
mod error;
#[cfg(target_os = "linux")]
pub mod guest;
mod init;
mod killer;
mod kind;
mod leash;
mod mailbox;
pub mod native;
mod progress;
pub mod remote;
mod request;
mod stop;
#[cfg(target_os = "linux")]
pub mod uml;
pub mod vm;

pub use error::{Blame, EngineError, Lack};
pub use killer::Killer;
pub use kind::{Kind, Probed, Ready, RunHooks, Settings};
pub use process::Interrupt;
pub use progress::Progress;
pub use request::{Limits, Onlooker, Request, RequestError};
pub use run::{ProgramFile, StackFile};
pub use stop::Stop;

use recording::Engine;

/// All engines.
#[must_use]
pub fn kinds() -> Vec<&'static dyn Kind> {
    vec![
        &native::Native,
        #[cfg(target_os = "linux")]
        &uml::Uml,
        &vm::Emulated,
        &remote::Remote,
    ]
}

/// The engine with this name, if this system has it.
#[must_use]
pub fn kind_of(engine: Engine) -> Option<&'static dyn Kind> {
    kinds().into_iter().find(|kind| kind.engine() == engine)
}
