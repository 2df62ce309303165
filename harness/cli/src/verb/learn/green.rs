//! The exercise with a file as its answer: a scenario to be corrected.

use std::fs;
use std::path::{Path, PathBuf};

use engine::Ready;
use scenario::{FileError, Scenario};

use super::ask::Asked;
use super::lesson::Lesson;
use super::reader::Reader;
use crate::args::Site;
use crate::console::{self, Progress};
use crate::exit::Exit;
use crate::interrupt;
use crate::judged::Judged;
use crate::{engines, site};

/// Writes the file for the learner, and checks it on request.
pub(super) fn ask(
    lesson: &Lesson,
    (number, sabotage): (usize, usize),
    site: &Site,
    reader: &mut Reader,
) -> Asked {
    let file = PathBuf::from(format!("{}-green.yaml", lesson.name));
    let Ok(is_new) = hand_out(lesson, sabotage, &file) else {
        return Asked::PutOff;
    };
    let there = if is_new {
        "is written"
    } else {
        "is there already, and is yours"
    };
    console::print(&format!(
        "\nThe file {} {there}.\nIts scenario fails: `sctp-lab run {}` tells how. Mend its \
         steps so\nthat it passes; what is asserted and expected must stay.\n",
        file.display(),
        file.display(),
    ));
    loop {
        let Some(answer) = reader.line("Enter checks the file, s puts it off, q leaves> ") else {
            return Asked::Left;
        };
        match answer.as_str() {
            "q" | "quit" | "exit" => return Asked::Left,
            "s" | "skip" => {
                console::print(&format!(
                    "  Put off. Later: sctp-lab learn {} --check {}\n",
                    lesson.name,
                    file.display()
                ));
                return Asked::PutOff;
            }
            "?" | "help" => {
                let title = &lesson.scenario.sabotages[sabotage - 1].title;
                console::print(&format!(
                    "  What is wrong: {}.\n{}  `sctp-lab copy {}` takes the good one out.\n",
                    report::escape(title),
                    lesson.because(number),
                    lesson.name
                ));
                return Asked::Shown;
            }
            "" => match check(lesson, sabotage, &file, site) {
                Ok(true) => {
                    console::print(&lesson.because(number));
                    return Asked::Right;
                }
                Ok(false) | Err(Exit::Wrong) => {}
                Err(_) => {
                    console::print(&format!(
                        "  It could not be run here, and is put off. Later: sctp-lab learn {} \
                         --check {}\n",
                        lesson.name,
                        file.display()
                    ));
                    return Asked::PutOff;
                }
            },
            _ => console::print("  This one is answered by the file. ? tells what is wrong.\n"),
        }
    }
}

/// Writes the file, unless the file exists. Returns whether it was written.
fn hand_out(lesson: &Lesson, sabotage: usize, file: &Path) -> Result<bool, Exit> {
    if fs::symlink_metadata(file).is_ok() {
        return Ok(false);
    }
    let Some(text) = exercise::green::task(&lesson.scenario, &lesson.source, sabotage) else {
        console::error(&format!(
            "{}: no file can be made of it: its steps and sabotages are not written one item a \
             line, as those of the course are",
            lesson.name
        ));
        return Err(Exit::Wrong);
    };
    disk::replace(file, text.as_bytes()).map_err(|error| {
        console::error(&format!("{}: {error}", file.display()));
        Exit::of_file(&error)
    })?;
    Ok(true)
}

/// Whether a file is green: the file changes nothing that is given, passes by its own
/// assertions and by the scenario's, and still fails under the sabotage. Prints the first of
/// these that does not hold.
pub(super) fn check(
    lesson: &Lesson,
    sabotage: usize,
    file: &Path,
    site: &Site,
) -> Result<bool, Exit> {
    let (learners, text) = read(file)?;
    let changed = exercise::green::changed(&learners, &lesson.scenario);
    for words in &changed {
        console::print(&format!("✗ {words}\n"));
    }
    if !changed.is_empty() {
        return Ok(false);
    }
    if site::complain_of_options(site) | site::complain_of_kernels(site) {
        return Err(Exit::Wrong);
    }
    let progress = Progress::new();
    let ready = site::make_ready(site, &[&learners], false, &progress)?;
    let runs = Runs {
        ready: ready.as_ref(),
        site,
        progress,
    };
    if !runs.run(&learners, &text, None, "it fails by itself")? {
        return Ok(false);
    }
    let hidden = exercise::green::check(&text, &lesson.source);
    let Ok(checked) = scenario::parse(&lesson.name, &hidden) else {
        console::print(
            "✗ The check refers to a step that your file lacks: a step that replaces another\n  must \
             keep its name (`as: NAME`).\n",
        );
        return Ok(false);
    };
    let hidden = hidden.as_str();
    let sabotage = Some(sabotage - 1);
    let is_green = runs.run(&checked, hidden, None, "an assertion of the lesson fails")?
        && runs.run(&checked, hidden, sabotage, "it can no longer fail")?;
    if is_green {
        console::print("✓ Green.\n");
    }
    Ok(is_green)
}

fn read(file: &Path) -> Result<(Scenario, String), Exit> {
    scenario::parse_file(file).map_err(|error| {
        match error {
            FileError::Wrong {
                path,
                source_text,
                diagnostics,
            } => console::mistakes(&diagnostics, &path, &source_text),
            FileError::Unreadable { source, .. } => {
                console::error(&format!("{}: {source}", file.display()));
            }
        }
        Exit::Wrong
    })
}

/// The engine and the place for the runs of one check.
struct Runs<'a> {
    ready: &'a dyn Ready,
    site: &'a Site,
    progress: Progress,
}

impl Runs<'_> {
    /// Runs a scenario. Returns whether its verdict is the required one, and prints the verdict
    /// if not.
    fn run(
        &self,
        scenario: &Scenario,
        source: &str,
        sabotage: Option<usize>,
        what: &str,
    ) -> Result<bool, Exit> {
        let refused = |error| site::refused(&scenario.name, &error);
        let mut request = site::request(self.site, scenario, source)?;
        if let Some(sabotage) = sabotage {
            request = request.under(sabotage).map_err(refused)?;
        }
        let interrupt = interrupt::listen();
        let recorded = engines::run(self.ready, &request, &interrupt, Some(&self.progress), None);
        self.progress.done();
        let judged = Judged::of_run(&request, recorded.map_err(refused)?);
        let (must, verdict) = (judged.must(), &judged.verdict);
        let is_good = must.is_good(verdict) && verdict.skipped.is_none();
        if !is_good {
            let options = console::ladder_options(false);
            console::print(&format!("✗ Not yet green: {what}.\n"));
            let told = match sabotage {
                None => report::verdict(verdict, &judged.recording, &options),
                Some(_) => must.text(verdict),
            };
            console::print(&told);
        }
        Ok(is_good)
    }
}
