//! Requests: a run as a value, which every engine carries out in the same way.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::pin::Pin;
use std::time::Duration;

use recording::{Engine, FolderError, Recording, Sight};
use run::{Elsewhere, Options, ProgramFile, RunError, StackFile};
use scenario::{Diagnostic, Sabotage, Scenario};
use serde::{Deserialize, Serialize};

use crate::error::EngineError;

/// A function that gets packets as they are captured.
pub type Onlooker<'a> = &'a (dyn Fn(Sight) + Sync);

/// A run of a scenario: everything that determines the run, wherever it takes place.
#[derive(Clone, Debug)]
pub struct Request {
    scenario: Scenario,
    source: String,
    sabotage: Option<usize>,
    /// The seed, if given.
    pub seed: Option<u64>,
    /// The files of the scenario's programs, by their names.
    pub programs: BTreeMap<String, ProgramFile>,
    /// The stack under test, if it is a program instead of the kernel.
    pub stack: Option<StackFile>,
    /// Greatest wall time of the run, if given.
    pub wall_limit: Option<Duration>,
}

/// Time limits of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Limit on the host's clock.
    pub wall: Duration,
    /// Limit on the clock of the kernel that runs the scenario.
    pub protocol: Duration,
}

/// The default limit on the host's clock.
const WALL_LIMIT: Duration = Duration::from_secs(300);

/// Time by which the kernel's clock may exceed the scenario's own limit. A run that
/// reaches the scenario's own limit ends by itself and leaves a recording.
const BEYOND: Duration = Duration::from_secs(60);

/// Reason why a request has no recording.
#[derive(Debug, thiserror::Error)]
pub enum RequestError {
    /// The text is no valid scenario.
    #[error("the scenario has {} mistakes", .0.len())]
    Scenario(Vec<Diagnostic>),
    /// The scenario has no such sabotage.
    #[error("the scenario has {there} sabotages, there is no number {asked}")]
    NoSuchSabotage {
        /// The requested number, from 1.
        asked: usize,
        /// Number of the scenario's sabotages.
        there: usize,
    },
    /// The scenario could not be run.
    #[error(transparent)]
    Run(#[from] RunError),
    /// The recording could not be packed or unpacked.
    #[error(transparent)]
    Recording(#[from] FolderError),
    /// The lab's program in the guest, or on the box, could not run the request.
    #[error("{0}")]
    Guest(String),
    /// The answer of the guest is no recording.
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
    /// The remedy, if there is one.
    #[must_use]
    pub fn remedy(&self) -> Option<String> {
        match self {
            Self::Engine(error) => error.remedy(),
            _ => None,
        }
    }
}

impl Request {
    /// A run without sabotage. The scenario was parsed from `source`.
    #[must_use]
    pub fn of(scenario: Scenario, source: String) -> Self {
        Self {
            scenario,
            source,
            sabotage: None,
            seed: None,
            programs: BTreeMap::new(),
            stack: None,
            wall_limit: None,
        }
    }

    /// The same run under a sabotage of the scenario, by its index.
    ///
    /// # Errors
    ///
    /// [`RequestError::NoSuchSabotage`].
    pub fn under(self, sabotage: usize) -> Result<Self, RequestError> {
        let there = self.scenario.sabotages.len();
        if sabotage >= there {
            let asked = sabotage + 1;
            return Err(RequestError::NoSuchSabotage { asked, there });
        }
        Ok(Self {
            sabotage: Some(sabotage),
            ..self
        })
    }

    /// The same run with another seed.
    #[must_use]
    pub fn with_seed(&self, seed: u64) -> Self {
        Self {
            seed: Some(seed),
            ..self.clone()
        }
    }

    /// Name of the scenario.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.scenario.name
    }

    /// The scenario as written, without the sabotage.
    #[must_use]
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// Index of the sabotage.
    #[must_use]
    pub fn sabotage(&self) -> Option<usize> {
        self.sabotage
    }

    /// The scenario that is run and judged, with the sabotage.
    #[must_use]
    pub fn applied(&self) -> Cow<'_, Scenario> {
        match self.sabotaged_by() {
            None => Cow::Borrowed(&self.scenario),
            Some(sabotage) => Cow::Owned(self.scenario.sabotaged(sabotage)),
        }
    }

    fn sabotaged_by(&self) -> Option<&Sabotage> {
        self.scenario.sabotages.get(self.sabotage?)
    }

    /// The time limits, for a kernel with the host's clock, or with one of its own.
    #[must_use]
    pub fn limits(&self, is_in_real_time: bool) -> Limits {
        let protocol = self.scenario.limit.saturating_add(BEYOND);
        let needed = match is_in_real_time {
            true => WALL_LIMIT.max(protocol),
            false => WALL_LIMIT,
        };
        Limits {
            wall: self.wall_limit.unwrap_or(needed),
            protocol,
        }
    }

    /// Carries out the request on the kernel of this process. `onlooker` gets the packets
    /// as they are captured. When `stop` becomes ready, the run ends early for that
    /// reason.
    ///
    /// # Errors
    ///
    /// [`RequestError::Run`].
    pub(crate) fn perform<'a>(
        &self,
        engine: Engine,
        progress: &'a dyn Fn(&str),
        onlooker: Option<Onlooker<'a>>,
        elsewhere: Option<&'a Elsewhere>,
        stop: Pin<Box<dyn Future<Output = String> + 'a>>,
    ) -> Result<Recording, RequestError> {
        let settle = |values: &BTreeMap<String, String>| self.settle(values);
        let options = Options {
            settle: &settle,
            engine,
            seed: self.seed,
            sabotage: self.sabotaged_by().map(|it| it.title.clone()),
            programs: self.programs.clone(),
            stack: self.stack.clone(),
            elsewhere,
            progress,
            onlooker: onlooker.map(|it| it as &dyn Fn(Sight)),
            stop,
        };
        Ok(run::execute(&self.applied(), &self.source, options)?)
    }

    /// The scenario that was run, as written, with the parameter values that programs
    /// printed during the run.
    #[must_use]
    pub fn ran(&self, recording: &Recording) -> Cow<'_, Scenario> {
        if self.scenario.captured().next().is_none() {
            return Cow::Borrowed(&self.scenario);
        }
        let ran = scenario::parse(&self.scenario.name, &recording.scenario);
        ran.map_or(Cow::Borrowed(&self.scenario), Cow::Owned)
    }

    /// The scenario with the values that programs have printed, and its text.
    fn settle(&self, values: &BTreeMap<String, String>) -> Result<(Scenario, String), String> {
        let parsed = scenario::parse_captured(&self.scenario.name, &self.source, values);
        let (scenario, text) = parsed.map_err(|mistakes| {
            let first = mistakes.first().map(|it| it.message.clone());
            first.unwrap_or_else(|| "the scenario is wrong".to_owned())
        })?;
        let sabotage = self.sabotage.and_then(|it| scenario.sabotages.get(it));
        let scenario = match sabotage {
            Some(sabotage) => scenario.sabotaged(sabotage),
            None => scenario,
        };
        Ok((scenario, text))
    }

    /// The form of the request for a guest or another machine. `live` says whether its
    /// packets are to be passed on during the run.
    pub(crate) fn sent(&self, live: bool) -> Sent {
        Sent {
            name: self.scenario.name.clone(),
            source: self.source.clone(),
            sabotage: self.sabotage,
            seed: self.seed,
            live,
            programs: self.programs.clone(),
            stack: self.stack.clone(),
        }
    }
}

/// A request in the form in which it is sent.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Sent {
    name: String,
    source: String,
    sabotage: Option<usize>,
    pub(crate) seed: Option<u64>,
    pub(crate) live: bool,
    programs: BTreeMap<String, ProgramFile>,
    stack: Option<StackFile>,
}

impl Sent {
    /// Restores the request.
    ///
    /// # Errors
    ///
    /// A text that is no valid scenario, or an unknown sabotage.
    pub(crate) fn open(self) -> Result<Request, RequestError> {
        let scenario = scenario::parse(&self.name, &self.source).map_err(RequestError::Scenario)?;
        let request = Request {
            seed: self.seed,
            programs: self.programs,
            stack: self.stack,
            ..Request::of(scenario, self.source)
        };
        match self.sabotage {
            None => Ok(request),
            Some(index) => request.under(index),
        }
    }
}
