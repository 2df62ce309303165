//! Compares the known differences between kernels with the observed ones.

use std::fmt;
use std::path::{Path, PathBuf};

use expected::{Expectation, FileError, Ran};
use report::Diff;

use crate::console;
use crate::exit::Exit;
use crate::judged::Judged;

/// The differences that the lab knows between kernels, and those in these files. Prints all
/// mistakes of the files.
pub(super) fn of(files: &[PathBuf]) -> Result<Vec<Expectation>, Exit> {
    let mut known = expected::linux();
    let mut worst = Exit::Passed;
    for file in files {
        match expected::parse_file(file) {
            Ok(more) => known.extend(more),
            Err(error) => worst = worst.max(complain(file, &error)),
        }
    }
    match worst {
        Exit::Passed => Ok(known),
        worst => Err(worst),
    }
}

fn complain(file: &Path, error: &FileError) -> Exit {
    match error {
        FileError::Unreadable { source, .. } => {
            console::error(&format!("{}: {source}", file.display()));
            Exit::of_file(source)
        }
        FileError::Wrong {
            path,
            source_text,
            diagnostics,
        } => {
            console::mistakes(diagnostics, path, source_text);
            Exit::Wrong
        }
    }
}

/// The differences between a scenario's recordings on two kernels, divided into known and
/// unknown ones.
#[derive(Default)]
pub(super) struct Compared<'k> {
    /// The differences that were not known; `None` if there is nothing to compare.
    pub(super) unexpected: Option<Diff>,
    /// Why one of the kernels skips the scenario, if that was not known.
    pub(super) skips: Option<Skips>,
    /// The known differences that were found.
    pub(super) as_known: Vec<&'k Expectation>,
    /// The known differences that are there no more.
    pub(super) gone: Vec<&'k Expectation>,
}

/// A skip of a scenario that the other kernel runs.
pub(super) struct Skips {
    /// Which of the two kernels skips the scenario: 0 or 1.
    pub(super) side: usize,
    pub(super) why: String,
}

impl Skips {
    fn of(side: usize, why: &dyn fmt::Display) -> Self {
        Self {
            side,
            why: why.to_string(),
        }
    }
}

impl<'k> Compared<'k> {
    /// Compares two recordings of one scenario. `diff` has their differences beyond chance, if
    /// both ran.
    pub(super) fn of(
        known: &'k [Expectation],
        [one, other]: [&Judged; 2],
        diff: Option<Diff>,
    ) -> Self {
        let skips = [one, other].map(|it| it.verdict.skipped.as_ref());
        let skips = match skips {
            [Some(skip), None] => Some(Skips::of(0, skip)),
            [None, Some(skip)] => Some(Skips::of(1, skip)),
            _ => None,
        };
        let infos = [one, other].map(|it| &it.recording.info);
        let engines = infos.map(|info| info.engine.to_string());
        let [first, second] = [0, 1].map(|side: usize| Ran {
            kernel: &infos[side].kernel,
            engine: &engines[side],
        });
        let are_apart =
            |it: &&Expectation| it.scenario == infos[0].scenario && it.is_between(first, second);
        let known = known.iter().filter(are_apart).collect();
        Self::held(known, skips, diff)
    }

    /// Compares the known differences with those that were found.
    fn held(
        known: Vec<&'k Expectation>,
        mut skips: Option<Skips>,
        mut unexpected: Option<Diff>,
    ) -> Self {
        // If both kernels skip the scenario, a known difference cannot show.
        let shows = unexpected.is_some() || skips.is_some();
        let mut is_seen = vec![false; known.len()];
        let mut covers = |section: &str, said: &[&str]| {
            let mut by_any = false;
            for (expectation, is_seen) in known.iter().zip(&mut is_seen) {
                let covers = expectation.covers(section, said);
                *is_seen |= covers;
                by_any |= covers;
            }
            by_any
        };
        if let Some(diff) = &mut unexpected {
            diff.take_out(&mut covers);
        }
        skips = skips.filter(|skips| !covers("verdict", &[&skips.why]));
        let (as_known, gone): (Vec<_>, Vec<_>) = known
            .into_iter()
            .zip(is_seen)
            .partition(|(_, is_seen)| *is_seen);
        let only = |all: Vec<(&'k Expectation, bool)>| all.into_iter().map(|(it, _)| it).collect();
        Self {
            unexpected,
            skips,
            as_known: only(as_known),
            gone: if shows { only(gone) } else { Vec::new() },
        }
    }

    /// Whether all differences were known.
    pub(super) fn is_as_known(&self) -> bool {
        self.skips.is_none() && self.unexpected.as_ref().is_none_or(Diff::is_empty)
    }
}

#[cfg(test)]
mod tests {
    use report::{Difference, Section};

    use super::*;

    fn known() -> Vec<Expectation> {
        let text = "it:\n  - {engine: uml, differs: 'flow: SACK', what: one, why: that}\n  \
                    - {from: 6.4, differs: verdict, what: another, why: that}\n";
        expected::parse(text).expect("it is good")
    }

    fn differing(lines: &[&str]) -> Diff {
        let differences = lines.iter().map(|line| Difference {
            what: "── connect".to_owned(),
            field: None,
            first: None,
            second: Some((*line).to_owned()),
        });
        Diff {
            sides: [(); 2].map(|()| report::Made {
                engine: String::new(),
                kernel: String::new(),
                sabotage: None,
                passed: true,
            }),
            sections: vec![Section {
                name: "flow",
                alike: 1,
                differences: differences.collect(),
            }],
            timings: Vec::new(),
        }
    }

    fn whats(all: &[&Expectation]) -> Vec<String> {
        all.iter().map(|it| it.what.clone()).collect()
    }

    #[test]
    fn what_is_known_is_told_from_what_is_not_and_from_what_is_gone() {
        let known = known();
        let held = |skips: Option<&str>, diff| {
            let skips = skips.map(|why| Skips::of(0, &why));
            Compared::held(known.iter().collect(), skips, diff)
        };
        let compared = held(None, Some(differing(&["a → b  SACK", "a → b  DATA"])));
        assert!(!compared.is_as_known());
        assert_eq!(compared.unexpected.as_ref().map(Diff::count), Some(1));
        assert_eq!(whats(&compared.as_known), ["one"]);
        assert_eq!(whats(&compared.gone), ["another"]);
        let compared = held(None, Some(differing(&["a → b  SACK"])));
        assert!(compared.is_as_known());
        let compared = held(Some("it needs a scheduler"), None);
        assert!(compared.is_as_known());
        assert_eq!(whats(&compared.as_known), ["another"]);
        let compared = held(None, None);
        assert!(compared.is_as_known() && compared.gone.is_empty());
    }

    #[test]
    fn a_kernel_that_skips_unexpectedly_is_not_as_known() {
        let skips = Skips::of(1, &"it needs it");
        let compared = Compared::held(Vec::new(), Some(skips), None);
        assert!(!compared.is_as_known());
    }
}
