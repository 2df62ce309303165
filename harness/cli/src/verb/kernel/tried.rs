//! `sctp-lab kernel try`: the command that `git bisect run` calls in a tree of Linux's
//! source.

use engine::uml::{self, UmlError};
use engine::vm::Cache;
use recording::Engine;
use scenario::Scenario;

use crate::args::{EngineChoice, KernelTry, Site};
use crate::console::{self, Progress};
use crate::exit::Exit;
use crate::given::GivenKernel;
use crate::interrupt;
use crate::library;
use crate::programs;
use crate::site;
use crate::trial::{Shown, Trial};

pub(super) fn run(cache: &Cache, args: &KernelTry) -> Exit {
    tried(cache, args).unwrap_or_else(|exit| exit)
}

fn tried(cache: &Cache, args: &KernelTry) -> Result<Exit, Exit> {
    let found = library::load_with(&args.scenarios, &args.set);
    let complained = found.complain() | library::complain_of_namesakes(&found.loaded, "recording");
    let mut site = place_of(args);
    let scenarios: Vec<&Scenario> = found.loaded.iter().map(|it| &it.scenario).collect();
    if complained | programs::complain_of_strangers(&site, &scenarios) | !is_a_tree(args) {
        return Err(Exit::Wrong);
    }
    let progress = Progress::new();
    let built = uml::of_tree(cache, &args.tree, &mut |news| progress.hear(news));
    progress.done();
    let (name, kernel) = built.map_err(|error| refused(&error))?;
    site.kernel = vec![GivenKernel::At(kernel.path().to_owned())];
    let interrupt = interrupt::listen();
    let mut shown = Vec::new();
    for loaded in &found.loaded {
        let trial = Trial {
            loaded,
            site: &site,
            seeds: args.seeds.get(),
            folder: args.out.as_ref().map(|out| out.join(&loaded.name)),
        };
        let tried = trial.run(&interrupt, &progress);
        progress.done();
        let tried = tried.map_err(|exit| match interrupt.came() {
            true => Exit::CannotRun,
            false => exit,
        })?;
        let line = format!("{}: {}\n", loaded.name, tried.words());
        console::print(&terminal::escape_lines(&line));
        shown.push(tried.shown);
    }
    let exit = exit(&shown);
    let words = match exit {
        Exit::Passed => "good",
        Exit::Failed => "bad",
        _ => "not to be tested",
    };
    console::print(&format!("{} ({name}) is {words}\n", kernel.release()));
    Ok(exit)
}

/// A failure counts, even if other scenarios cannot be tested.
fn exit(shown: &[Shown]) -> Exit {
    if shown.iter().any(|it| matches!(it, Shown::Failed(_))) {
        return Exit::Failed;
    }
    match shown.iter().all(|it| *it == Shown::Passed) {
        true => Exit::Passed,
        false => Exit::Untestable,
    }
}

fn place_of(args: &KernelTry) -> Site {
    Site {
        engine: EngineChoice::Given(Engine::Uml),
        machine: None,
        kernel: Vec::new(),
        modules: None,
        set: args.set.clone(),
        program: args.program.clone(),
        lab: args.lab.clone(),
        seed: None,
        wall_limit: None,
    }
}

/// Whether the named folder is a tree of Linux's source. Prints an error if not.
fn is_a_tree(args: &KernelTry) -> bool {
    let is_one = args.tree.join("arch/um").is_dir() && args.tree.join("Kbuild").is_file();
    if !is_one {
        let tree = args.tree.display();
        console::error_with_remedy(
            &format!("{tree} is no tree of Linux's source"),
            Some("name its top folder: `.` in `git bisect run sctp-lab kernel try . SCENARIO`"),
        );
    }
    is_one
}

/// Prints an error of the build. A tree that does not build now is untestable; other errors
/// are of the machine, and stop the search.
fn refused(error: &UmlError) -> Exit {
    let exit = site::refused_by_engine(error);
    match error {
        UmlError::Build { .. } | UmlError::NotAKernel { .. } => Exit::Untestable,
        _ => exit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_counts_most_and_what_was_not_tested_is_not_good() {
        let failed = || Shown::Failed(String::new());
        let skipped = || Shown::Skipped(String::new());
        let dead = || Shown::Untestable(String::new(), Exit::CannotRun);
        assert_eq!(exit(&[Shown::Passed, Shown::Passed]), Exit::Passed);
        assert_eq!(exit(&[skipped(), failed(), dead()]), Exit::Failed);
        assert_eq!(exit(&[Shown::Passed, skipped()]), Exit::Untestable);
        assert_eq!(exit(&[dead(), Shown::Passed]), Exit::Untestable);
    }
}
