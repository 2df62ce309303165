//! A recording on disk, with its scenario and verdict.

use std::path::Path;

use engine::Request;
use oracle::Verdict;
use recording::{FolderError, Recording, Shelf};
use scenario::{Diagnostic, Scenario};
use serde_json::{Value, json};

use super::console;
use super::exit::Exit;
use super::outcome::{self, Must};

/// A recording and its verdict.
pub(crate) struct Judged {
    pub(crate) recording: Recording,
    /// The scenario as written, without the sabotage.
    pub(crate) scenario: Scenario,
    pub(crate) verdict: Verdict,
    /// Index of the sabotage of the run, if any.
    pub(crate) sabotage: Option<usize>,
}

impl Judged {
    /// Reads a recording and judges it by its own scenario; prints an error if that
    /// fails.
    pub(crate) fn open(folder: &Path) -> Result<Self, Exit> {
        Self::try_open(folder).map_err(|damage| damage.complain(folder))
    }

    /// As [`open`](Self::open), but prints no error.
    pub(crate) fn try_open(folder: &Path) -> Result<Self, Damage> {
        Self::try_of(Recording::read(folder)?)
    }

    /// Judges a recording by its own scenario.
    fn try_of(recording: Recording) -> Result<Self, Damage> {
        let name = &recording.info.scenario;
        match scenario::parse(name, &recording.scenario) {
            Ok(scenario) => Ok(Self::of(recording, scenario)),
            Err(mistakes) => Err(Damage::Scenario {
                mistakes,
                text: recording.scenario,
            }),
        }
    }

    /// Judges a recording by a scenario, with the sabotage of the recording.
    pub(crate) fn of(recording: Recording, scenario: Scenario) -> Self {
        let title = recording.info.sabotage.as_ref();
        let mut sabotages = scenario.sabotages.iter();
        let index = title.and_then(|title| sabotages.position(|it| &it.title == title));
        let verdict = match index.map(|index| &scenario.sabotages[index]) {
            Some(sabotage) => oracle::judge(&scenario.sabotaged(sabotage), &recording),
            None => oracle::judge(&scenario, &recording),
        };
        Self {
            recording,
            scenario,
            verdict,
            sabotage: index,
        }
    }

    /// Judges the recording of a request.
    pub(crate) fn of_run(request: &Request, recording: Recording) -> Self {
        let scenario = request.ran(&recording);
        let sabotage = request.sabotage();
        let verdict = match sabotage.and_then(|it| scenario.sabotages.get(it)) {
            Some(sabotage) => oracle::judge(&scenario.sabotaged(sabotage), &recording),
            None => oracle::judge(&scenario, &recording),
        };
        Self {
            recording,
            scenario: scenario.into_owned(),
            verdict,
            sabotage,
        }
    }

    /// The JSON that `run` and `check` print.
    pub(crate) fn json(&self) -> Value {
        let mut line = outcome::json(&self.recording, &self.verdict);
        self.must().tell_in(&mut line, &self.verdict);
        let level = self.scenario.level();
        line["level"] = json!(level.map(|it| it.to_string()));
        line
    }

    /// The required result.
    pub(crate) fn must(&self) -> Must<'_> {
        let sabotage = self.sabotage.and_then(|it| self.scenario.sabotages.get(it));
        Must::of(&self.scenario, sabotage, &self.recording)
    }
}

/// The damage of a recording.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Damage {
    #[error(transparent)]
    Folder(#[from] FolderError),
    #[error("its scenario is wrong in {} places", .mistakes.len())]
    Scenario {
        mistakes: Vec<Diagnostic>,
        text: String,
    },
}

impl Damage {
    fn complain(&self, folder: &Path) -> Exit {
        match self {
            Self::Folder(error) => no_recording(folder, error),
            Self::Scenario { mistakes, text } => {
                let file = folder.join(recording::SCENARIO).display().to_string();
                console::mistakes(mistakes, &file, text);
                Exit::Wrong
            }
        }
    }
}

/// Reads a recording; prints an error if that fails.
pub(crate) fn read(folder: &Path) -> Result<Recording, Exit> {
    Recording::read(folder).map_err(|error| no_recording(folder, &error))
}

/// The remedy for a missing recording.
pub(crate) const REMEDY: &str =
    "`sctp-lab run SCENARIO` makes a recording, in the folder `runs/SCENARIO`";

/// Prints an error, with a suggestion.
fn no_recording(folder: &Path, error: &FolderError) -> Exit {
    let inside = Shelf::of(folder).unwrap_or_default().recordings;
    match inside.as_slice() {
        [] if !folder.exists() => console::error_with_remedy(
            &format!("{}: no such file or folder", folder.display()),
            Some(REMEDY),
        ),
        [] => console::error_with_remedy(&format!("no recording: {error}"), Some(REMEDY)),
        [first, rest @ ..] => {
            let more = match rest.len() {
                0 => String::new(),
                more => format!(", or one of {more} others there"),
            };
            console::error_with_remedy(
                &format!("{} is a folder of recordings", folder.display()),
                Some(&format!("name one: {}{more}", first.display())),
            );
        }
    }
    Exit::of_folder(error)
}
