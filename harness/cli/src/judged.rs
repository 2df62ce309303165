//! A recording on disk, with its scenario and verdict.

use std::path::Path;

use oracle::Verdict;
use recording::Recording;
use scenario::{Sabotage, Scenario};

use super::console;
use super::exit::Exit;

/// A recording and what the oracle says of it.
pub(crate) struct Judged {
    pub(crate) recording: Recording,
    /// As it was written; a sabotage is not applied.
    pub(crate) scenario: Scenario,
    pub(crate) verdict: Verdict,
}

impl Judged {
    /// Reads a recording and judges it by the scenario in it.
    pub(crate) fn open(folder: &Path) -> Result<Self, Exit> {
        let recording = read(folder)?;
        let name = &recording.info.scenario;
        let scenario = scenario::parse(name, &recording.scenario).map_err(|diagnostics| {
            let file = folder.join(recording::SCENARIO);
            let file = file.display().to_string();
            let color = console::color_on_stderr();
            eprint!(
                "{}",
                scenario::render(&diagnostics, &file, &recording.scenario, color)
            );
            Exit::Wrong
        })?;
        Ok(Self::of(recording, scenario))
    }

    /// Judges a recording by a scenario, sabotaged as the recording was.
    pub(crate) fn of(recording: Recording, scenario: Scenario) -> Self {
        let verdict = match sabotage(&recording, &scenario) {
            Some(sabotage) => oracle::judge(&scenario.sabotaged(sabotage), &recording),
            None => oracle::judge(&scenario, &recording),
        };
        Self {
            recording,
            scenario,
            verdict,
        }
    }

    /// The sabotage that it was run under, if any.
    pub(crate) fn sabotage(&self) -> Option<&Sabotage> {
        sabotage(&self.recording, &self.scenario)
    }
}

/// Reads a recording, or complains.
pub(crate) fn read(folder: &Path) -> Result<Recording, Exit> {
    if !folder.exists() {
        console::error_with_remedy(
            &format!("{}: no such file or folder", folder.display()),
            Some("`sctp-lab run SCENARIO` makes a recording, in the folder `runs/SCENARIO`"),
        );
        return Err(Exit::Wrong);
    }
    Recording::read(folder).map_err(|error| {
        console::error_with_remedy(
            &format!("no recording: {error}"),
            Some("`sctp-lab run SCENARIO` makes one, in the folder `runs/SCENARIO`"),
        );
        Exit::Wrong
    })
}

fn sabotage<'s>(recording: &Recording, scenario: &'s Scenario) -> Option<&'s Sabotage> {
    let title = recording.info.sabotage.as_ref();
    let mut sabotages = scenario.sabotages.iter();
    sabotages.find(|it| Some(&it.title) == title)
}
