//! What an engine is: a [`Kind`] that is to be made ready, then [`Ready`] to run.
//!
//! A new engine is a folder of its own beside the others, its name in
//! [`recording::Engine`], and its line in [`kinds`].

use std::error::Error;
use std::path::PathBuf;
use std::time::Duration;

use process::Interrupt;
use recording::{Engine, Recording};

use crate::progress::Progress;
use crate::request::{Onlooker, Request, RequestError};

/// What is asked of an engine that is made ready. Each takes what concerns it.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// The kernel to run, instead of the lab's own.
    pub kernel: Option<PathBuf>,
    /// Where that kernel's modules are.
    pub modules: Option<PathBuf>,
    /// The other machine.
    pub machine: Option<String>,
    /// Where a kernel's counts of what was executed are kept, a folder for each scenario:
    /// of the `uml` engine.
    pub counts: Option<PathBuf>,
    /// What each phase may take, where that is said.
    pub limit: Option<Duration>,
}

/// What is here of an engine.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// Whether a run would start now, or after the engine got what it lacks by itself.
    pub usable: bool,
    /// What there is to know of it.
    pub words: Vec<String>,
    /// What it lacks.
    pub lacks: Vec<Lack>,
}

/// Something that an engine lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lack {
    /// What it is.
    pub words: String,
    /// The exact command that mends it, where there is one.
    pub remedy: Option<String>,
}

/// An engine as such.
pub trait Kind: Sync {
    /// Its name.
    fn engine(&self) -> Engine;

    /// What is here of it, without changing anything.
    fn probe(&self) -> Findings;

    /// Makes it ready, and gets what it lacks if it may.
    ///
    /// # Errors
    ///
    /// What it lacks, with what mends that.
    fn prepare(
        &self,
        wishes: &Wishes,
        progress: &mut dyn FnMut(Progress<'_>),
    ) -> Result<Box<dyn Ready>, Box<dyn EngineError>>;
}

/// An engine that is ready.
pub trait Ready: Sync {
    /// Runs one request, within its limits.
    ///
    /// # Errors
    ///
    /// Those of the run, and [`RequestError::Engine`].
    fn run(&self, request: &Request, company: &Company<'_>) -> Result<Recording, RequestError>;

    /// Whether a second of the protocol takes one on the host's clock.
    fn is_in_real_time(&self) -> bool;

    /// How many runs do best at once, unless it is said.
    fn jobs(&self) -> usize {
        match self.is_in_real_time() {
            // They would disturb each other.
            true => 1,
            false => std::thread::available_parallelism().map_or(1, usize::from),
        }
    }
}

/// Who is there while something runs.
#[derive(Clone, Copy)]
pub struct Company<'a> {
    /// Is told how far it is.
    pub progress: &'a dyn Fn(&str),
    /// Is shown its packets as they are seen.
    pub onlooker: Option<Onlooker<'a>>,
    /// Ends it early.
    pub interrupt: &'a Interrupt,
    /// Is called from another thread with the reason where only the end of the process
    /// ends the run.
    pub deaf: fn(String),
}

/// An error of one engine.
pub trait EngineError: Error + Send + Sync + 'static {
    /// Who is to blame.
    fn blame(&self) -> Blame;

    /// The exact command that mends it, where there is one.
    fn remedy(&self) -> Option<String>;

    /// Whether a kernel that had booted died of what it ran, or complained of itself.
    fn broke_the_kernel(&self) -> bool {
        false
    }

    /// Each thing that is lacking, where it is more than one.
    fn lacks(&self) -> Vec<Lack> {
        vec![Lack {
            words: self.to_string(),
            remedy: self.remedy(),
        }]
    }
}

/// Who is to blame for an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blame {
    /// This machine, or the other one: something is lacking there.
    Machine,
    /// The run: it was ended early, or broke what it ran on.
    Run,
    /// The lab, or what the operating system refused it.
    Lab,
}

impl<E: EngineError> From<E> for Box<dyn EngineError> {
    fn from(error: E) -> Self {
        Box::new(error)
    }
}

/// All engines.
#[must_use]
pub fn kinds() -> Vec<&'static dyn Kind> {
    vec![
        &crate::native::Native,
        #[cfg(target_os = "linux")]
        &crate::uml::Uml,
        &crate::vm::Emulated,
        &crate::remote::Remote,
    ]
}

/// The engine of this name, where this system has it.
#[must_use]
pub fn kind_of(engine: Engine) -> Option<&'static dyn Kind> {
    kinds().into_iter().find(|kind| kind.engine() == engine)
}
