//! Interface of the engines: a [`Kind`] is prepared, and the prepared engine is [`Ready`]
//! to run requests.
//!
//! A new engine needs a folder beside the others, a name in [`recording::Engine`], and two
//! lines in the crate's root: its module, and its place in [`kinds`](crate::kinds).

use std::path::PathBuf;
use std::time::Duration;

use process::Interrupt;
use recording::{Engine, Recording};

use crate::error::{EngineError, Lack};
use crate::progress::Progress;
use crate::request::{Onlooker, Request, RequestError};

/// Settings for preparing an engine. Each engine uses those that concern it.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The kernel to run, instead of the lab's own.
    pub kernel: Option<PathBuf>,
    /// The folder of that kernel's modules.
    pub modules: Option<PathBuf>,
    /// The user's name for the other machine, for the `box` engine.
    pub machine: Option<String>,
    /// The folder for the kernel's execution counts, in one folder for each scenario. Only
    /// the `uml` engine can count.
    pub counts: Option<PathBuf>,
    /// Time limit of each phase, if given.
    pub limit: Option<Duration>,
}

/// The result of probing an engine.
#[derive(Clone, Debug, Default)]
pub struct Probed {
    /// Whether a run could start, now or after the engine has fetched what it lacks.
    pub usable: bool,
    /// Facts about the engine.
    pub words: Vec<String>,
    /// Things that the engine lacks.
    pub lacks: Vec<Lack>,
}

/// An engine that is not prepared.
pub trait Kind: Sync {
    /// The name of the engine.
    fn engine(&self) -> Engine;

    /// Probes the engine on this machine. Nothing is changed but notes in the cache.
    fn probe(&self) -> Probed;

    /// Prepares the engine, and fetches what it lacks if allowed.
    ///
    /// # Errors
    ///
    /// The things that the engine lacks, with remedies.
    fn prepare(
        &self,
        settings: &Settings,
        progress: &mut dyn FnMut(Progress<'_>),
    ) -> Result<Box<dyn Ready>, Box<dyn EngineError>>;
}

/// An engine that is ready.
pub trait Ready: Sync {
    /// Runs a request within its limits.
    ///
    /// # Errors
    ///
    /// Errors of the run, and [`RequestError::Engine`].
    fn run(&self, request: &Request, hooks: &RunHooks<'_>) -> Result<Recording, RequestError>;

    /// Whether protocol time passes at the speed of the host's clock.
    fn is_in_real_time(&self) -> bool;

    /// Default number of simultaneous runs.
    fn jobs(&self) -> usize {
        match self.is_in_real_time() {
            // Simultaneous runs would disturb each other.
            true => 1,
            false => std::thread::available_parallelism().map_or(1, usize::from),
        }
    }
}

/// The functions that accompany a run.
#[derive(Clone, Copy)]
pub struct RunHooks<'a> {
    /// Gets messages about the progress.
    pub progress: &'a dyn Fn(&str),
    /// Gets the packets as they are captured.
    pub onlooker: Option<Onlooker<'a>>,
    /// Ends the run early.
    pub interrupt: &'a Interrupt,
    /// Called from another thread, with the reason, if only the end of the process can
    /// end the run.
    pub deaf: fn(String),
}
