//! What is asked of an engine, and the one way in which every engine does it.

use std::collections::BTreeMap;
use std::pin::Pin;

use recording::{Engine, FolderError, Recording, Sight};
use run::{Options, ProgramFile, RunError};
use scenario::{Diagnostic, Scenario};
use serde::{Deserialize, Serialize};

use crate::kind::EngineError;

/// Who is shown packets as they are seen.
pub type Onlooker<'a> = &'a (dyn Fn(Sight) + Sync);

/// One scenario, to be run once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The scenario's name.
    pub name: String,
    /// The scenario's text, which must have been checked.
    pub source: String,
    /// The index of the sabotage to apply.
    pub sabotage: Option<usize>,
    /// The seed, where one is asked for.
    pub seed: Option<u64>,
    /// Whether its packets are to be shown while it runs.
    pub live: bool,
    /// Which files its programs are, by their names.
    pub programs: BTreeMap<String, ProgramFile>,
}

/// Why a request came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum RequestError {
    /// The text is no scenario.
    #[error("the scenario has {} mistakes", .0.len())]
    Scenario(Vec<Diagnostic>),
    /// The scenario has no such sabotage.
    #[error("the scenario has {there} sabotages, there is no number {asked}")]
    NoSuchSabotage {
        /// The number that was asked for, from 1.
        asked: usize,
        /// How many there are.
        there: usize,
    },
    /// It could not be run.
    #[error(transparent)]
    Run(#[from] RunError),
    /// The recording could not be packed or unpacked.
    #[error(transparent)]
    Recording(#[from] FolderError),
    /// The lab's program in the guest, or on the box, could not run it.
    #[error("{0}")]
    Guest(String),
    /// The guest gave back something else than a recording.
    #[error("the answer is not a recording")]
    Answer,
    /// The engine failed.
    #[error("{0}")]
    Engine(Box<dyn EngineError>),
}

impl<E: EngineError> From<E> for RequestError {
    fn from(error: E) -> Self {
        Self::Engine(Box::new(error))
    }
}

impl RequestError {
    /// What mends it, where there is something.
    #[must_use]
    pub fn remedy(&self) -> Option<String> {
        match self {
            Self::Engine(error) => error.remedy(),
            _ => None,
        }
    }
}

impl Request {
    /// The scenario that is to be run, with its sabotage applied.
    ///
    /// # Errors
    ///
    /// A text that is no scenario, a sabotage that is not there.
    pub fn scenario(&self) -> Result<Scenario, RequestError> {
        let scenario = scenario::parse(&self.name, &self.source).map_err(RequestError::Scenario)?;
        match self.sabotage {
            None => Ok(scenario),
            Some(index) => match scenario.sabotages.get(index) {
                Some(sabotage) => Ok(scenario.sabotaged(sabotage)),
                None => Err(RequestError::NoSuchSabotage {
                    asked: index + 1,
                    there: scenario.sabotages.len(),
                }),
            },
        }
    }

    /// Runs it on the kernel of this process. `onlooker` is shown its packets as
    /// they are seen, if the request says so; `stop` ends it early, with the
    /// reason, when it becomes ready.
    ///
    /// # Errors
    ///
    /// Those of [`scenario`](Self::scenario), and [`RequestError::Run`].
    pub fn perform<'a>(
        &self,
        engine: Engine,
        progress: &'a dyn Fn(&str),
        onlooker: Onlooker<'a>,
        stop: Pin<Box<dyn Future<Output = String> + 'a>>,
    ) -> Result<Recording, RequestError> {
        let scenario = self.scenario()?;
        let sabotage = self
            .sabotage
            .and_then(|index| scenario.sabotages.get(index));
        let options = Options {
            engine,
            seed: self.seed,
            sabotage: sabotage.map(|sabotage| sabotage.title.clone()),
            programs: self.programs.clone(),
            progress,
            onlooker: self.live.then_some(onlooker),
            stop,
        };
        Ok(run::execute(&scenario, &self.source, options)?)
    }
}
