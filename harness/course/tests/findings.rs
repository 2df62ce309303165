//! Checks the table of findings: each kind is found in a run of a real kernel, and is not
//! found in a run that looks alike. `docs/findings.md` is generated from what `diagnose`
//! knows of its kinds and from `tests/snapshots/findings.txt`;
//! `UPDATE_GENERATED=1 cargo test -p course` writes it.

mod repository;

use std::collections::BTreeMap;

use diagnose::{Doubt, KINDS, Kind};
use repository::{assert_fresh, read, scenarios_in};
use scenario::Scenario;

/// Number of runs that are named for each kind of finding.
const NAMED: usize = 3;

/// The kinds of finding of a run: `true` for those that the run always has.
type Kinds<'t> = BTreeMap<&'t str, bool>;

#[test]
fn each_kind_is_found_in_a_run_and_not_in_one_that_looks_alike() {
    let text = read("tests/snapshots/findings.txt");
    let runs = runs(&text);
    for kind in KINDS {
        let name = kind.name;
        let always = runs.values().any(|it| it.get(name) == Some(&true));
        assert!(always, "no run of the lab always has `{name}`");
        let alike = kind.alike.run;
        let found = runs.get(alike);
        let found = found.unwrap_or_else(|| panic!("`{name}`: there is no run {alike}"));
        assert!(!found.contains_key(name), "`{name}` is found in {alike}");
        for words in [kind.says, kind.remedy, kind.alike.why] {
            assert!(!words.ends_with('.'), "`{name}`: {words}");
        }
    }
    let unknown = runs.values().flat_map(BTreeMap::keys);
    let unknown: Vec<_> = unknown
        .filter(|it| KINDS.iter().all(|kind| kind.name != **it))
        .collect();
    assert!(unknown.is_empty(), "no kinds of finding: {unknown:?}");
}

#[test]
fn the_page_is_fresh() {
    let text = read("tests/snapshots/findings.txt");
    let mut scenarios = BTreeMap::new();
    for folder in ["scenarios", "findings"] {
        let all = scenarios_in(folder).into_iter();
        scenarios.extend(all.map(|(name, it)| (name, (folder, it))));
    }
    let mut page = INTRODUCTION.to_owned();
    for kind in KINDS {
        page.push_str(&format!(
            "| [{0}](#{0}) | {1} | {2} |\n",
            kind.name,
            kind.says,
            match kind.doubt {
                Doubt::Never => "certain",
                Doubt::Always(_) => "likely",
                Doubt::Where { .. } => "certain or likely",
            }
        ));
    }
    for kind in KINDS {
        page.push_str(&section(kind, &runs(&text), &scenarios));
    }
    assert_fresh("docs/findings.md", &page);
}

const INTRODUCTION: &str = "\
# What diagnose finds

`sctp-lab diagnose` looks for these in each association of a capture ([captures from
elsewhere](captures.md)). The names stay as they are: `--json` has them. A finding is
*certain* where the packets leave no other explanation, and *likely* where another one is
possible, which the proof then names.

Each kind is found in a run of a real kernel, and each has a run that only looks as if it
had it. To see one: `sctp-lab run init-lost --sabotage 1 --out runs`, then `sctp-lab
diagnose runs/init-lost-sabotage-1`.

| finding | says that | |
|---|---|---|
";

fn section(
    kind: &Kind,
    runs: &BTreeMap<&str, Kinds<'_>>,
    scenarios: &BTreeMap<String, (&str, Scenario)>,
) -> String {
    let sure = match kind.doubt {
        Doubt::Never => "certain".to_owned(),
        Doubt::Always(or_else) => format!("likely: or else {or_else}"),
        Doubt::Where { this, or_else } => {
            format!("certain; likely where {this}: or else {or_else}")
        }
    };
    let mut having: Vec<(&str, usize)> = runs
        .iter()
        .filter(|(_, kinds)| kinds.get(kind.name) == Some(&true))
        .map(|(run, kinds)| (*run, kinds.len()))
        .collect();
    // Runs with few other findings come first, and lessons before their sabotaged runs.
    having.sort_by_key(|(run, kinds)| (*kinds, Run::of(run).sabotage.is_some(), *run));
    let named = having.iter().take(NAMED);
    let mut named: Vec<String> = named.map(|(run, _)| link(run, scenarios)).collect();
    if having.len() > NAMED {
        named.push(format!("and {} more", having.len() - NAMED));
    }
    format!(
        "\n## {}\n\nIt says that {}. {}.\n\n- How sure: {sure}.\n- What to try: {}.\n\
         - Found in: {}.\n- Not found in: {}. There {}.\n",
        kind.name,
        kind.says,
        kind.rfc,
        kind.remedy,
        named.join("; "),
        link(kind.alike.run, scenarios),
        kind.alike.why
    )
}

/// A run, as the table of findings calls it.
struct Run<'n> {
    scenario: &'n str,
    /// The number of a sabotage, from 1.
    sabotage: Option<usize>,
    /// The only interface that is looked at.
    interface: Option<&'n str>,
}

impl<'n> Run<'n> {
    fn of(name: &'n str) -> Self {
        let (run, interface) = match name.split_once('@') {
            Some((run, interface)) => (run, Some(interface)),
            None => (name, None),
        };
        let numbered = run.rsplit_once('-');
        let numbered = numbered.and_then(|(it, number)| Some((it, number.parse().ok()?)));
        let (scenario, sabotage) = match numbered {
            Some((scenario, number)) => (scenario, Some(number)),
            None => (run, None),
        };
        Self {
            scenario,
            sabotage,
            interface,
        }
    }
}

fn link(run: &str, scenarios: &BTreeMap<String, (&str, Scenario)>) -> String {
    let run = Run::of(run);
    let name = run.scenario;
    let known = scenarios.get(name);
    let (folder, scenario) = known.unwrap_or_else(|| panic!("there is no scenario {name}"));
    let mut words = format!("[{name}](../{folder}/{name}.yaml)");
    if let Some(number) = run.sabotage {
        let sabotage = scenario.sabotages.get(number - 1);
        let sabotage = sabotage.unwrap_or_else(|| panic!("{name} has no sabotage {number}"));
        words.push_str(&format!(", sabotage {number} ({})", sabotage.title));
    }
    if let Some(interface) = run.interface {
        words.push_str(&format!(", captured at `{interface}` only"));
    }
    words
}

fn runs(text: &str) -> BTreeMap<&str, Kinds<'_>> {
    let lines = text.lines().filter_map(|line| line.split_once(':'));
    lines
        .map(|(run, kinds)| {
            let kinds = kinds
                .split_whitespace()
                .map(|it| match it.strip_prefix('?') {
                    Some(kind) => (kind, false),
                    None => (it, true),
                });
            (run, kinds.collect())
        })
        .collect()
}
