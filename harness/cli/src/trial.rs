//! A scenario tried on one kernel, with several seeds.

use std::path::{Path, PathBuf};

use engine::{Ready, RequestError};
use recording::Recording;

use super::args::Site;
use super::console::{self, Progress};
use super::engines::{self, NotReady};
use super::exit::Exit;
use super::interrupt::Interrupt;
use super::library::Loaded;
use super::site;

/// A scenario, and the kernel to try it on.
pub(crate) struct Trial<'t> {
    pub(crate) loaded: &'t Loaded,
    /// The place, with one kernel.
    pub(crate) site: &'t Site,
    pub(crate) seeds: u64,
    /// The folder for one recording: of the first run that did not pass, or else of the first
    /// run. `None` keeps no recording.
    pub(crate) folder: Option<PathBuf>,
}

/// The result of a trial.
pub(crate) struct Tried {
    /// Name and release that the kernel reports; `None` if nothing was run on the kernel.
    pub(crate) kernel: Option<String>,
    pub(crate) shown: Shown,
    /// The number of seeds that were run.
    pub(crate) seeds: u64,
    /// The number of seeds with which the scenario failed.
    pub(crate) failed: u64,
    /// The recording that was kept.
    pub(crate) recording: Option<PathBuf>,
}

/// How a scenario went on a kernel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// The scenario passes with all seeds.
    Passed,
    /// The scenario fails with at least one seed: the first failure.
    Failed(String),
    /// The kernel lacks what the scenario needs.
    Skipped(String),
    /// The kernel does not boot, or nothing could be run on it.
    Untestable(String, Exit),
}

impl Tried {
    fn untestable(words: String, exit: Exit) -> Self {
        Self {
            kernel: None,
            shown: Shown::Untestable(words, exit),
            seeds: 0,
            failed: 0,
            recording: None,
        }
    }

    /// The result in words: `failed with 2 of 3 seeds: …`.
    pub(crate) fn words(&self) -> String {
        let Self { seeds, failed, .. } = self;
        let all = report::count(*seeds, "seed");
        match &self.shown {
            Shown::Passed => format!("passed with {all}"),
            Shown::Failed(why) => format!("failed with {failed} of {all}: {why}"),
            Shown::Skipped(why) => format!("skipped: {why}"),
            Shown::Untestable(why, _) => format!("cannot be tested: {why}"),
        }
    }
}

impl Trial<'_> {
    /// Makes the kernel ready and runs the scenario on it.
    ///
    /// # Errors
    ///
    /// Ctrl-C came, a program of the scenario has no file, or the recording cannot be kept.
    pub(crate) fn run(&self, interrupt: &Interrupt, progress: &Progress) -> Result<Tried, Exit> {
        let scenario = &self.loaded.scenario;
        let (engine, _) = engines::choose(self.site, &[scenario]);
        let prepared = engines::try_prepare(engine, self.site, progress);
        if interrupt.came() {
            return Err(Exit::Failed);
        }
        match prepared {
            Ok(ready) => self.on(ready.as_ref(), interrupt, progress),
            Err(NotReady { lacks, exit }) => {
                let words: Vec<String> = lacks.into_iter().map(|it| it.words).collect();
                Ok(Tried::untestable(words.join("; "), exit))
            }
        }
    }

    fn on(
        &self,
        ready: &dyn Ready,
        interrupt: &Interrupt,
        progress: &Progress,
    ) -> Result<Tried, Exit> {
        let scenario = &self.loaded.scenario;
        let own = site::request(self.site, scenario, &self.loaded.source)?;
        let mut tried = Tried {
            kernel: None,
            shown: Shown::Passed,
            seeds: self.seeds,
            failed: 0,
            recording: None,
        };
        for number in 0..self.seeds {
            let request = match number {
                0 => own.clone(),
                more => own.with_seed(own.seed.unwrap_or(0) + more),
            };
            let shown = match engines::run(ready, &request, interrupt, Some(progress), None) {
                _ if interrupt.came() => return Err(Exit::Failed),
                Ok(recording) => {
                    let shown = shown(&request.ran(&recording), &recording);
                    tried.kernel = Some(recording.info.kernel.clone());
                    let tells_more = number == 0 || (tried.failed == 0 && shown != Shown::Passed);
                    if let (Some(folder), true) = (&self.folder, tells_more) {
                        keep(&recording, folder)?;
                        tried.recording = Some(folder.clone());
                    }
                    shown
                }
                Err(RequestError::Engine(error)) if error.broke_the_kernel() => {
                    Shown::Failed(first_line(&error.to_string()))
                }
                Err(error) => {
                    let words = first_line(&error.to_string());
                    return Ok(Tried::untestable(words, Exit::of_request(&error)));
                }
            };
            tried.failed += u64::from(matches!(shown, Shown::Failed(_)));
            if tried.shown == Shown::Passed {
                tried.shown = shown;
            }
            // A kernel lacks a capability with every seed.
            if matches!(tried.shown, Shown::Skipped(_)) {
                tried.seeds = number + 1;
                break;
            }
        }
        Ok(tried)
    }
}

/// Judges by the verdict alone: a known failure of the kernel is a failure, too.
fn shown(scenario: &scenario::Scenario, recording: &Recording) -> Shown {
    let verdict = oracle::judge(scenario, recording);
    match (&verdict.skipped, verdict.failures().next()) {
        (Some(skip), _) => Shown::Skipped(skip.to_string()),
        (None, Some(it)) => Shown::Failed(format!("{}: {}", it.name, it.seen)),
        (None, None) => Shown::Passed,
    }
}

fn keep(recording: &Recording, folder: &Path) -> Result<(), Exit> {
    recording.write(folder).map_err(|error| {
        console::error(&error.to_string());
        Exit::of_folder(&error)
    })
}

fn first_line(words: &str) -> String {
    let mut lines = words.lines().map(str::trim).filter(|it| !it.is_empty());
    lines.next().unwrap_or_default().to_owned()
}
