//! Compares two recordings of one scenario.
//!
//! Everything is compared by name, never by number: numbers of notifications and options
//! differ between systems, and times and random numbers between runs.

mod align;
mod flow;
mod items;
mod print;

use std::collections::BTreeSet;

use oracle::{Result, Verdict};
use recording::Recording;
use serde::Serialize;

pub use print::{print, print_differences};

/// A recording and its verdict.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The recording.
    pub recording: &'a Recording,
    /// The verdict.
    pub verdict: &'a Verdict,
}

/// The differences between two recordings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Diff {
    /// Origin of each recording.
    pub sides: [Made; 2],
    /// One section for each kind of thing that was compared.
    pub sections: Vec<Section>,
    /// The verdicts, side by side.
    pub timings: Vec<Timing>,
}

/// Origin of a recording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Made {
    /// The engine (`vm`).
    pub engine: String,
    /// The kernel and its release.
    pub kernel: String,
    /// The sabotage, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sabotage: Option<String>,
    /// Whether every expectation and assertion held.
    pub passed: bool,
}

/// The comparison of one kind of thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Section {
    /// Name of the kind.
    pub name: &'static str,
    /// Number of things that are equal in both recordings.
    pub alike: usize,
    /// Things that differ.
    pub differences: Vec<Difference>,
}

/// One thing that differs between the recordings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Difference {
    /// Name of the thing.
    pub what: String,
    /// The field that differs; `None` where one recording lacks the whole thing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Value in the first recording; `None` if it lacks the thing.
    pub first: Option<String>,
    /// Value in the second recording; `None` if it lacks the thing.
    pub second: Option<String>,
}

/// Both judgements on one expectation or assertion. The numbers in their words mostly differ
/// a little; their results must not differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Timing {
    /// Name of the expectation or assertion.
    pub name: String,
    /// Result in the first recording, and what was seen.
    pub first: Option<(Result, String)>,
    /// Result in the second recording, and what was seen.
    pub second: Option<(Result, String)>,
}

impl Timing {
    /// Whether both results are equal.
    #[must_use]
    pub fn agrees(&self) -> bool {
        let result = |side: &Option<(Result, String)>| side.as_ref().map(|(result, _)| *result);
        result(&self.first) == result(&self.second)
    }
}

impl Diff {
    /// Whether the recordings do not differ.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let mut sections = self.sections.iter();
        sections.all(|section| section.differences.is_empty())
            && self.timings.iter().all(Timing::agrees)
    }

    /// Number of differences.
    #[must_use]
    pub fn count(&self) -> usize {
        let differences = self.sections.iter().map(|it| it.differences.len());
        let disagree = self.timings.iter().filter(|it| !it.agrees());
        differences.sum::<usize>() + disagree.count()
    }

    /// Removes the differences that `covers` accepts. `covers` gets the section's name
    /// and all texts of a difference; for a verdict, it gets `verdict` and the name of
    /// the judgement.
    pub fn take_out(&mut self, mut covers: impl FnMut(&str, &[&str]) -> bool) {
        for section in &mut self.sections {
            section.differences.retain(|it| {
                let said = [&it.field, &it.first, &it.second].into_iter().flatten();
                let said: Vec<&str> = [&it.what].into_iter().chain(said).map(|it| &**it).collect();
                !covers(section.name, &said)
            });
        }
        self.timings
            .retain(|it| it.agrees() || !covers("verdict", &[&it.name]));
    }

    /// The differences without those that also occur between runs of one kernel, because
    /// the latter say nothing about two kernels.
    #[must_use]
    pub fn beyond(mut self, chance: &[Diff]) -> Diff {
        for section in &mut self.sections {
            let by_chance: BTreeSet<_> = chance
                .iter()
                .flat_map(|diff| &diff.sections)
                .filter(|it| it.name == section.name)
                .flat_map(|it| &it.differences)
                .map(|it| (&it.what, &it.field))
                .collect();
            let is_told = |it: &Difference| !by_chance.contains(&(&it.what, &it.field));
            section.differences.retain(is_told);
        }
        let by_chance: BTreeSet<_> = chance
            .iter()
            .flat_map(|diff| &diff.timings)
            .filter(|it| !it.agrees())
            .map(|it| &it.name)
            .collect();
        self.timings.retain(|it| !by_chance.contains(&it.name));
        self
    }
}

/// Compares two recordings of one scenario.
#[must_use]
pub fn diff(first: Side<'_>, second: Side<'_>) -> Diff {
    let items = [first, second].map(|side| items::of(side.recording));
    let mut sections = vec![flow::compare(first.recording, second.recording)];
    for kind in items::Kind::ALL {
        let of_kind = |side: &items::Items| side.get(&kind).cloned().unwrap_or_default();
        sections.push(align::compare(
            kind.name(),
            &of_kind(&items[0]),
            &of_kind(&items[1]),
        ));
    }
    Diff {
        sides: [first, second].map(made),
        sections,
        timings: timings(first.verdict, second.verdict),
    }
}

fn made(side: Side<'_>) -> Made {
    let info = &side.recording.info;
    Made {
        engine: info.engine.to_string(),
        kernel: info.kernel.clone(),
        sabotage: info.sabotage.clone(),
        passed: side.verdict.passed(),
    }
}

fn timings(first: &Verdict, second: &Verdict) -> Vec<Timing> {
    let find = |verdict: &Verdict, name: &str| {
        let mut all = verdict.judgements.iter();
        all.find(|it| it.name == name)
            .map(|it| (it.result, it.seen.clone()))
    };
    let mut names: Vec<&str> = Vec::new();
    for it in first.judgements.iter().chain(&second.judgements) {
        if !names.contains(&it.name.as_str()) {
            names.push(&it.name);
        }
    }
    let timings = names.into_iter().map(|name| Timing {
        name: name.to_owned(),
        first: find(first, name),
        second: find(second, name),
    });
    timings.collect()
}

#[cfg(test)]
mod tests;
