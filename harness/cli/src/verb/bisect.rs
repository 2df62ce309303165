//! `sctp-lab bisect`: finds the first kernel on which a scenario's verdict changes.

mod choose;
mod search;

use std::collections::BTreeSet;

use serde_json::json;

use crate::args::Bisect;
use crate::console::{self, Progress};
use crate::exit::Exit;
use crate::interrupt::{self, Interrupt};
use crate::library::{self, Loaded};
use crate::programs;
use crate::site;
use crate::trial::{Shown, Trial, Tried};
use choose::{Candidate, Candidates, candidates};
use search::{Found, Is, search};

pub(crate) fn run(args: &Bisect) -> Exit {
    bisect(args).unwrap_or_else(|exit| exit)
}

fn bisect(args: &Bisect) -> Result<Exit, Exit> {
    let loaded = load(args)?;
    let progress = Progress::new();
    let Candidates {
        kernels,
        is_backwards,
    } = candidates(args, &progress)?;
    let interrupt = interrupt::listen();
    let session = Session {
        args,
        loaded: &loaded,
        kernels: &kernels,
        interrupt: &interrupt,
        progress: &progress,
    };
    session.sees(Is::Good, 0)?;
    let last = kernels.len() - 1;
    let mut first_bad = session.sees(Is::Bad, last)?;
    if first_bad.failed > 0 && first_bad.failed < first_bad.seeds {
        console::tell(
            "the bad kernel passes with some seeds, so the result may be chance: give more --seeds",
        );
    }
    let mut passed_over = BTreeSet::new();
    let found = search(kernels.len(), |index| {
        let tried = session.tried(index)?;
        let is = is(&tried, &first_bad);
        session.tell(index, &tried, is);
        match is {
            Is::Good => {}
            Is::Bad => first_bad = tried,
            Is::Untestable => {
                passed_over.insert(index);
            }
        }
        Ok::<Is, Exit>(is)
    })?;
    let between = passed_over.range(found.good..found.bad);
    let between: Vec<&str> = between.map(|it| kernels[*it].label.as_str()).collect();
    session.conclude(&found, &first_bad, &between, is_backwards);
    Ok(Exit::Passed)
}

fn load(args: &Bisect) -> Result<Loaded, Exit> {
    let site = &args.site;
    let mut found = library::load_with(std::slice::from_ref(&args.scenario), &site.set);
    if found.complain() | site::complain_of_options(site) {
        return Err(Exit::Wrong);
    }
    if site.modules.is_some() {
        console::error("--modules is of one kernel: those of a bisection have theirs beside them");
        return Err(Exit::Wrong);
    }
    let (Some(loaded), true) = (found.loaded.pop(), found.loaded.is_empty()) else {
        console::error("one scenario at a time");
        return Err(Exit::Wrong);
    };
    match programs::complain_of_strangers(site, &[&loaded.scenario]) {
        true => Err(Exit::Wrong),
        false => Ok(loaded),
    }
}

/// A bisection: the scenario, and the kernels to try it on.
struct Session<'s> {
    args: &'s Bisect,
    loaded: &'s Loaded,
    /// The kernels, the good one first and the bad one last.
    kernels: &'s [Candidate],
    interrupt: &'s Interrupt,
    progress: &'s Progress,
}

impl Session<'_> {
    fn tried(&self, index: usize) -> Result<Tried, Exit> {
        let Candidate { label, site } = &self.kernels[index];
        self.progress.say(&format!("trying {label}"));
        let trial = Trial {
            loaded: self.loaded,
            site,
            seeds: self.args.seeds.get(),
            folder: Some(self.args.out.join(label).join(&self.loaded.name)),
        };
        let tried = trial.run(self.interrupt, self.progress);
        self.progress.done();
        tried
    }

    /// Checks that a kernel is good or bad as the user says.
    fn sees(&self, wanted: Is, index: usize) -> Result<Tried, Exit> {
        let tried = self.tried(index)?;
        let is = match &tried.shown {
            Shown::Passed => Is::Good,
            Shown::Untestable(..) => Is::Untestable,
            Shown::Failed(_) | Shown::Skipped(_) => Is::Bad,
        };
        self.tell(index, &tried, is);
        match is == wanted {
            true => Ok(tried),
            false => Err(self.refuse(wanted, index, &tried)),
        }
    }

    fn refuse(&self, wanted: Is, index: usize, tried: &Tried) -> Exit {
        let label = &self.kernels[index].label;
        let words = tried.words();
        let what = word(wanted);
        match &tried.shown {
            Shown::Untestable(_, exit) => {
                console::error(&format!("the {what} kernel, {label}, {words}"));
                *exit
            }
            _ => {
                let remedy = format!("name another with --{what}, or another scenario");
                let words = format!("{label} is not {what}: {words}");
                console::error_with_remedy(&words, Some(&remedy));
                Exit::Wrong
            }
        }
    }

    fn tell(&self, index: usize, tried: &Tried, is: Is) {
        let label = &self.kernels[index].label;
        let is = word(is);
        if self.args.json {
            let (verdict, why) = match &tried.shown {
                Shown::Passed => (Some("passed"), None),
                Shown::Failed(why) => (Some("failed"), Some(why)),
                Shown::Skipped(why) => (Some("skipped"), Some(why)),
                Shown::Untestable(why, _) => (None, Some(why)),
            };
            let recording = tried.recording.as_ref();
            let line = json!({
                "format": 1,
                "scenario": self.loaded.name,
                "label": label,
                "kernel": tried.kernel,
                "is": is,
                "verdict": verdict,
                "why": why,
                "seeds": tried.seeds,
                "failed": tried.failed,
                "recording": recording.map(|it| it.display().to_string()),
            });
            console::print(&console::json(&line));
            return;
        }
        let width = self.kernels.iter().map(|it| it.label.chars().count()).max();
        let width = width.unwrap_or(0);
        let line = format!("{label:width$}  {is:10}  {}\n", tried.words());
        console::print(&terminal::escape_lines(&line));
    }

    fn conclude(&self, found: &Found, bad: &Tried, between: &[&str], is_backwards: bool) {
        let label = |index: usize| self.kernels[index].label.as_str();
        let [good, first_bad] = [label(found.good), label(found.bad)];
        if self.args.json {
            let line = json!({
                "format": 1,
                "scenario": self.loaded.name,
                "good": good,
                "bad": first_bad,
                "mended": is_backwards,
                "untestable": between,
            });
            console::print(&console::json(&line));
            return;
        }
        let mut out = match is_backwards {
            false => format!("\n{first_bad} is the first bad kernel; {good} is good\n"),
            true => format!("\n{good} is the first good kernel; {first_bad} is bad\n"),
        };
        if !between.is_empty() {
            out.push_str(&format!(
                "  kernels between them cannot be tested, and the verdict may have changed there: {}\n",
                between.join(", ")
            ));
        }
        out.push_str(&format!("  {first_bad}: {}\n", bad.words()));
        let of = |label: &str| self.args.out.join(label).join(&self.loaded.name);
        out.push_str(&format!(
            "  how they differ: sctp-lab diff {} {}\n",
            of(good).display(),
            of(first_bad).display()
        ));
        console::print(&terminal::escape_lines(&out));
    }
}

/// Whether a kernel is good or bad. A kernel counts as bad only in the way of the known bad
/// kernel: a kernel that lacks a capability shows nothing about a failure elsewhere.
fn is(tried: &Tried, bad: &Tried) -> Is {
    match (&tried.shown, &bad.shown) {
        (Shown::Passed, _) => Is::Good,
        (Shown::Failed(_), Shown::Failed(_)) | (Shown::Skipped(_), Shown::Skipped(_)) => Is::Bad,
        _ => Is::Untestable,
    }
}

fn word(is: Is) -> &'static str {
    match is {
        Is::Good => "good",
        Is::Bad => "bad",
        Is::Untestable => "untestable",
    }
}
