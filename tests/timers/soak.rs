//! Random scenarios on a real kernel, judged. A bound that "failed" is a false verdict, for
//! the kernel keeps to its timers.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use oracle::{Judgement, Result as Came, Verdict};
use recording::{Engine, Event, Outcome as Ended, Recording};
use scenario::{BoundKind, Scenario};
use tests::{Lab, Wanted};

use crate::generator::{Drawn, HEALED, JUDGED, draw};
use crate::number;

/// The scenarios by their seeds, and where they are run.
#[derive(Clone, Debug)]
pub(crate) struct Soak {
    pub(crate) first: u64,
    pub(crate) runs: u64,
    pub(crate) kernel: Option<PathBuf>,
    /// A folder for the recordings. A recording that is there already is judged again.
    pub(crate) kept: Option<PathBuf>,
}

/// The number of bounds by the judge's result.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) kernel: String,
    /// Scenarios that the checker refused, by its words.
    refused: BTreeMap<String, Vec<u64>>,
    /// Runs that never came to the bound, by what stopped them.
    unreached: BTreeMap<String, Vec<u64>>,
    /// Events that never came and, by the judge's words, could not come: the stack is not
    /// to blame.
    never: BTreeMap<String, Vec<u64>>,
    /// Bounds that could not be judged, by the judge's words.
    not_shown: BTreeMap<String, Vec<u64>>,
    passed: BTreeMap<&'static str, u64>,
    /// False verdicts, in full.
    wrong: Vec<String>,
}

impl fmt::Display for Soak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let last = self.first + self.runs.saturating_sub(1);
        write!(f, "seeds {} to {last}", self.first)
    }
}

impl Soak {
    /// From the environment: `SCTP_LAB_TIMERS_RUNS`, `SCTP_LAB_TIMERS_SEED`,
    /// `SCTP_LAB_TIMERS_KEEP`.
    pub(crate) fn of_environment(runs: u64, kernel: Option<PathBuf>) -> Self {
        Self {
            first: number("SCTP_LAB_TIMERS_SEED").unwrap_or(1),
            runs: number("SCTP_LAB_TIMERS_RUNS").unwrap_or(runs),
            kernel,
            kept: std::env::var_os("SCTP_LAB_TIMERS_KEEP").map(Into::into),
        }
    }

    /// Writes the scenarios that the checker accepts into a folder, to be run elsewhere: on
    /// a machine with any kernel, `sctp-lab run FOLDER/*.yaml --engine native --out KEPT`
    /// leaves the recordings that `SCTP_LAB_TIMERS_KEEP=KEPT` then judges.
    pub(crate) fn write(&self, folder: &Path) -> std::io::Result<()> {
        fs::create_dir_all(folder)?;
        for seed in self.first..self.first + self.runs {
            let name = name(seed);
            let yaml = draw(seed).yaml;
            if scenario::parse(&name, &yaml).is_ok() {
                fs::write(folder.join(format!("{name}.yaml")), yaml)?;
            }
        }
        Ok(())
    }

    /// Runs all scenarios, two at a time, and hands each recording whose bounds all passed
    /// to `then`.
    pub(crate) fn run(
        &self,
        lab: Lab,
        then: &(dyn Fn(u64, &Scenario, &Recording) + Sync),
    ) -> Tally {
        let next = AtomicU64::new(self.first);
        let tally = Mutex::new(Tally::default());
        let work = || {
            loop {
                let seed = next.fetch_add(1, Ordering::Relaxed);
                if seed >= self.first + self.runs {
                    return;
                }
                let drawn = draw(seed);
                let came = self.one(lab, &drawn, then);
                let mut tally = tally.lock().unwrap_or_else(PoisonError::into_inner);
                tally.add(&drawn, came);
            }
        };
        thread::scope(|scope| {
            scope.spawn(work);
            scope.spawn(work);
        });
        tally.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn one(
        &self,
        lab: Lab,
        drawn: &Drawn,
        then: &(dyn Fn(u64, &Scenario, &Recording) + Sync),
    ) -> Outcome {
        let name = name(drawn.seed);
        let kept = match self.kept_one(&name) {
            Ok(kept) => kept,
            Err(why) => return Outcome::Broken(why),
        };
        // A kept recording is judged by its own scenario, which an earlier generator may
        // have drawn.
        let yaml = kept.as_ref().map_or(&drawn.yaml, |it| &it.scenario);
        let scenario = match scenario::parse(&name, yaml) {
            Ok(scenario) => scenario,
            Err(mistakes) => {
                let first = mistakes.first().map(|it| it.message.clone());
                return Outcome::Refused(first.unwrap_or_default());
            }
        };
        let recorded = kept.map_or_else(|| self.recorded(lab, &name, drawn), Ok);
        match recorded {
            Err(why) => Outcome::Broken(why),
            Ok(recording) => {
                let verdict = oracle::judge(&scenario, &recording);
                let judged = bounds_of(&verdict);
                if judged.iter().all(|it| it.result == Came::Passed) {
                    then(drawn.seed, &scenario, &recording);
                }
                Outcome::Judged {
                    kernel: recording.info.kernel.clone(),
                    stopped: stopped(&verdict),
                    judged: judged
                        .into_iter()
                        .map(|it| (it.clone(), is_seen(&recording, &it.name)))
                        .collect(),
                }
            }
        }
    }

    /// The recording of this scenario that an earlier soak has kept.
    fn kept_one(&self, name: &str) -> Result<Option<Recording>, String> {
        let kept = self.kept.as_ref().map(|folder| folder.join(name));
        let kept = kept.filter(|it| it.is_dir());
        let recording = kept.map(|it| Recording::read(&it));
        recording.transpose().map_err(|error| error.to_string())
    }

    /// Runs the scenario, and keeps the recording.
    fn recorded(&self, lab: Lab, name: &str, drawn: &Drawn) -> Result<Recording, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let file = folder.path().join(format!("{name}.yaml"));
        fs::write(&file, &drawn.yaml).map_err(|error| error.to_string())?;
        let wanted = Wanted {
            seed: Some(drawn.seed),
            kernel: self.kernel.clone(),
            ..Wanted::file(&file, Engine::Vm)
        };
        let ran = lab.run(&wanted)?;
        match ran.exit {
            Some(0 | 1) => {}
            _ => return Err(format!("exit code {:?}:\n{}", ran.exit, ran.said)),
        }
        if let Some(folder) = &self.kept {
            let written = ran.recording.write(&folder.join(name));
            written.map_err(|error| error.to_string())?;
        }
        Ok(ran.recording)
    }
}

/// The name of the scenario of a seed.
fn name(seed: u64) -> String {
    format!("timers-{seed}")
}

/// The result of one scenario.
enum Outcome {
    Refused(String),
    Broken(String),
    Judged {
        kernel: String,
        stopped: Option<String>,
        /// Each judgement, and whether the expected event came at all.
        judged: Vec<(Judgement, bool)>,
    },
}

fn is_seen(recording: &Recording, expectation: &str) -> bool {
    recording.observations.iter().any(|it| {
        matches!(
            &it.event,
            Event::StepEnded { step, outcome: Ended::Seen { .. } } if step == expectation
        )
    })
}

/// The judgements of the expectations that have a bound.
pub(crate) fn bounds_of(verdict: &Verdict) -> Vec<&Judgement> {
    let judgements = verdict.judgements.iter();
    judgements
        .filter(|it| it.name == JUDGED || it.name == HEALED)
        .collect()
}

/// Why a run did not come to the bound: the first other failure.
fn stopped(verdict: &Verdict) -> Option<String> {
    let mut others = verdict.failures();
    let first = others.find(|it| it.name != JUDGED && it.name != HEALED)?;
    Some(format!("{}: {}", plain(&first.wanted), plain(&first.seen)))
}

/// The words without their numbers, so that equal words count as equal.
fn plain(words: &str) -> String {
    let no_digits = words.replace(|c: char| c.is_ascii_digit(), "#");
    let mut short = String::new();
    for c in no_digits.chars() {
        if c != '#' || !short.ends_with('#') {
            short.push(c);
        }
    }
    short.chars().take(160).collect()
}

impl Tally {
    fn add(&mut self, drawn: &Drawn, came: Outcome) {
        let seed = drawn.seed;
        match came {
            Outcome::Refused(why) => self.refused.entry(plain(&why)).or_default().push(seed),
            Outcome::Broken(why) => {
                self.wrong
                    .push(keep(drawn, &self.kernel, &format!("the run broke: {why}")));
            }
            Outcome::Judged {
                kernel,
                stopped,
                judged,
            } => {
                self.kernel = kernel;
                for (judgement, seen) in judged {
                    self.count(drawn, stopped.as_deref(), &judgement, seen);
                }
            }
        }
    }

    fn count(&mut self, drawn: &Drawn, stopped: Option<&str>, judgement: &Judgement, seen: bool) {
        let words = || {
            let cause = judgement.cause.as_deref().unwrap_or("no cause");
            format!("{}; {cause}", judgement.seen)
        };
        match judgement.result {
            Came::Passed => {
                let bound = match judgement.name == HEALED {
                    true => BoundKind::Heartbeat,
                    // The path has to fail first.
                    false if drawn.bound == BoundKind::Heartbeat => BoundKind::Failover,
                    false => drawn.bound,
                };
                *self.passed.entry(bound.word()).or_default() += 1;
            }
            Came::Failed if !seen && judgement.cause.is_some() => {
                let why = plain(judgement.cause.as_deref().unwrap_or_default());
                self.never.entry(why).or_default().push(drawn.seed);
            }
            Came::Failed => {
                let words = format!("{}: {}\n    {}", judgement.name, judgement.wanted, words());
                self.wrong.push(keep(drawn, &self.kernel, &words));
            }
            Came::NotReached => {
                let why = stopped.unwrap_or("a bound before it").to_owned();
                self.unreached.entry(why).or_default().push(drawn.seed);
            }
            Came::NotShown => {
                let why = plain(&words());
                self.not_shown.entry(why).or_default().push(drawn.seed);
            }
        }
    }

    /// The whole tally, as a table.
    pub(crate) fn words(&self) -> String {
        let mut words = format!("{}\n", self.kernel);
        for (bound, count) in &self.passed {
            words += &format!("  {count} × {bound} passed\n");
        }
        for (what, by_reason) in [
            ("refused by the checker", &self.refused),
            ("not reached", &self.unreached),
            ("never came, for a reason", &self.never),
            ("not shown", &self.not_shown),
        ] {
            let all: usize = by_reason.values().map(Vec::len).sum();
            words += &format!("  {all} × {what}\n");
            for (why, seeds) in by_reason {
                let some: Vec<String> = seeds.iter().take(5).map(u64::to_string).collect();
                words += &format!("    {} × {why} (seeds {})\n", seeds.len(), some.join(", "));
            }
        }
        words + &format!("  {} × false\n", self.wrong.len())
    }

    /// Fails if there is a false verdict, or if too few bounds were judged.
    pub(crate) fn judged(&self) -> Result<(), String> {
        let passed: u64 = self.passed.values().sum();
        let count = |of: &BTreeMap<String, Vec<u64>>| -> u64 {
            of.values().map(|seeds| seeds.len() as u64).sum()
        };
        if !self.wrong.is_empty() {
            return Err(format!("{}{}", self.words(), self.wrong.join("\n")));
        }
        let (refused, unreached) = (count(&self.refused), count(&self.unreached));
        let (never, not_shown) = (count(&self.never), count(&self.not_shown));
        let all = passed + refused + unreached + never + not_shown;
        // A soak that mostly runs nothing, or decides nothing, proves nothing.
        if passed * 2 < all || not_shown * 20 > all {
            return Err(format!("too few bounds were judged:\n{}", self.words()));
        }
        Ok(())
    }
}

/// Keeps the scenario in a file, and says where.
fn keep(drawn: &Drawn, kernel: &str, words: &str) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("timers");
    let kernel = kernel.rsplit(' ').next().unwrap_or_default();
    let file = folder.join(format!("timers-{}.yaml", drawn.seed));
    let kept = fs::create_dir_all(&folder).and_then(|()| fs::write(&file, &drawn.yaml));
    let where_it_is = match kept {
        Ok(()) => file.display().to_string(),
        Err(error) => format!("not kept: {error}"),
    };
    format!(
        "seed {} on {kernel} ({where_it_is}):\n    {words}",
        drawn.seed
    )
}
