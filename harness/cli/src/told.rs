//! The results of the scenarios of one command: printed in order, summed up, and published
//! as JUnit XML and for GitHub.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::time::Duration;

use report::{Case, Outcome};

use super::console;
use super::exit::Exit;
use super::output::ERR;

/// The result of one scenario.
pub(crate) struct Answer {
    /// The text to print.
    pub(crate) text: String,
    pub(crate) exit: Exit,
    /// Whether the scenario failed just as this kernel is known to fail.
    pub(crate) fails_as_known: bool,
    /// Whether the scenario failed by a SHOULD or a MAY, and so does not count.
    pub(crate) is_excused: bool,
    pub(crate) case: Case,
}

/// Results in order: an early result waits for the results before it.
pub(crate) struct Told {
    waiting: Vec<Option<String>>,
    next: usize,
    exits: Vec<Exit>,
    known_failures: usize,
    excused: usize,
    cases: Vec<Option<Case>>,
}

impl Told {
    pub(crate) fn new(tasks: usize) -> Self {
        Self {
            waiting: vec![None; tasks],
            next: 0,
            exits: Vec::new(),
            known_failures: 0,
            excused: 0,
            cases: vec![None; tasks],
        }
    }

    pub(crate) fn tell(&mut self, index: usize, answer: Answer) {
        self.exits.push(answer.exit);
        self.known_failures += usize::from(answer.fails_as_known);
        self.excused += usize::from(answer.is_excused);
        self.waiting[index] = Some(answer.text);
        self.cases[index] = Some(answer.case);
        while let Some(text) = self.waiting.get_mut(self.next).and_then(Option::take) {
            console::print(&text);
            self.next += 1;
        }
    }

    /// Adds the results of a column, which have been printed already.
    pub(crate) fn take_over(&mut self, other: Told) {
        self.exits.extend(other.exits);
        self.cases.extend(other.cases);
    }

    pub(crate) fn worst(&self) -> Exit {
        self.exits.iter().copied().max().unwrap_or(Exit::Passed)
    }

    pub(crate) fn summary(&self, wall: Duration) -> String {
        let all = self.exits.len();
        let good = self.exits.iter().filter(|exit| **exit == Exit::Passed);
        let cases = self.cases.iter().flatten();
        let skipped = cases.filter(|case| case.is_skipped()).count();
        let counted = |number: usize, what: &str| match number {
            0 => String::new(),
            number => format!(", {number} {what}"),
        };
        let known = counted(self.known_failures, "failed as known");
        let excused = counted(self.excused, "failed by a SHOULD or a MAY");
        let skipped_words = counted(skipped, "skipped");
        format!(
            "\n{} of {all} scenarios passed{known}{excused}{skipped_words} in {:.1} s\n",
            good.count() - skipped - self.known_failures - self.excused,
            wall.as_secs_f64()
        )
    }

    /// Why scenarios were skipped, and how many for each reason.
    pub(crate) fn skips(&self) -> String {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for case in self.cases.iter().flatten() {
            if let Outcome::Skipped(why) = &case.outcome {
                *counts.entry(why).or_default() += 1;
            }
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let lines = counts
            .iter()
            .map(|(why, count)| format!("  {count:3}  {why}\n"));
        match counts.as_slice() {
            [] => String::new(),
            _ => terminal::escape_lines(&format!("skipped:\n{}", lines.collect::<String>())),
        }
    }

    /// Writes JUnit XML if a file is given; on GitHub also annotations and the summary of the
    /// job.
    pub(crate) fn publish(self, junit: Option<&Path>) -> Result<(), Unpublished> {
        let cases: Vec<Case> = self.cases.into_iter().flatten().collect();
        if let Some(path) = junit {
            let xml = report::junit(&cases).map_err(|error| Unpublished {
                words: error.to_string(),
                exit: Exit::Fault,
            })?;
            disk::replace(path, xml.as_bytes()).map_err(at(path))?;
        }
        if std::env::var_os("GITHUB_ACTIONS").is_some_and(|it| it == "true") {
            // Standard output belongs to the results.
            ERR.print(&report::github_annotations(&cases));
        }
        if let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|it| !it.is_empty()) {
            fs::OpenOptions::new()
                .append(true)
                .create(true)
                .open(&path)
                .and_then(|mut file| file.write_all(report::github_summary(&cases).as_bytes()))
                .map_err(at(Path::new(&path)))?;
        }
        Ok(())
    }
}

/// Why results could not be published.
pub(crate) struct Unpublished {
    pub(crate) words: String,
    pub(crate) exit: Exit,
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> Unpublished {
    let path = path.display().to_string();
    move |error| Unpublished {
        words: format!("{path}: {error}"),
        exit: Exit::of_file(&error),
    }
}
