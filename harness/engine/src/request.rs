//! What is asked of an engine: one run, as a value, and the one way in which every engine
//! does it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::pin::Pin;
use std::time::Duration;

use recording::{Engine, FolderError, Recording, Sight};
use run::{Elsewhere, Options, ProgramFile, RunError, StackFile};
use scenario::{Diagnostic, Sabotage, Scenario};
use serde::{Deserialize, Serialize};

use crate::kind::EngineError;

/// Who is shown packets as they are seen.
pub type Onlooker<'a> = &'a (dyn Fn(Sight) + Sync);

/// One run of a scenario: all that says what is to be run, wherever that is.
#[derive(Clone, Debug)]
pub struct Request {
    scenario: Scenario,
    source: String,
    sabotage: Option<usize>,
    /// The seed, where one is asked for.
    pub seed: Option<u64>,
    /// Which files its programs are, by their names.
    pub programs: BTreeMap<String, ProgramFile>,
    /// The stack under test, where it is a program and not the kernel's.
    pub stack: Option<StackFile>,
    /// The most that it may take on the host's clock, where that is said.
    pub wall_limit: Option<Duration>,
}

/// How long a run may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// On the host's clock.
    pub wall: Duration,
    /// On the clock of the kernel that runs it.
    pub protocol: Duration,
}

/// What a run may take on the host's clock, where nothing is said.
const WALL_LIMIT: Duration = Duration::from_secs(300);

/// What a kernel's clock allows beyond the scenario's own limit: that one comes first, and
/// leaves a recording.
const BEYOND: Duration = Duration::from_secs(60);

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
    /// A plain run of a scenario that was made from the text `source`.
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

    /// The same under a sabotage of the scenario's, by its index.
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

    /// The same with another seed.
    #[must_use]
    pub fn with_seed(&self, seed: u64) -> Self {
        Self {
            seed: Some(seed),
            ..self.clone()
        }
    }

    /// The scenario's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.scenario.name
    }

    /// The scenario as it was written: a sabotage is not applied.
    #[must_use]
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// The index of the sabotage that is applied.
    #[must_use]
    pub fn sabotage(&self) -> Option<usize> {
        self.sabotage
    }

    /// What is run and judged: the scenario with the sabotage applied.
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

    /// How long it may take on a kernel whose clock is the host's, or one of its own.
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

    /// Runs it on the kernel of this process. `onlooker` is shown its packets as they are
    /// seen; `stop` ends it early, with the reason, when it becomes ready.
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

    /// The scenario that was run, as it was written: what programs said in the run is put
    /// where it was left open.
    #[must_use]
    pub fn ran(&self, recording: &Recording) -> Cow<'_, Scenario> {
        if self.scenario.captured().next().is_none() {
            return Cow::Borrowed(&self.scenario);
        }
        let ran = scenario::parse(&self.scenario.name, &recording.scenario);
        ran.map_or(Cow::Borrowed(&self.scenario), Cow::Owned)
    }

    /// What is run with what programs have said, and its text.
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

    /// What goes to a guest or to another machine. `live` says whether its packets are to
    /// be handed over while it runs.
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

/// A request on its way to whoever performs it.
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
    /// The request, as it was sent.
    ///
    /// # Errors
    ///
    /// A text that is no scenario, a sabotage that is not there.
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
