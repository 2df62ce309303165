//! Tests of the list of requirements of RFC 9260. Every sentence with a keyword is in the
//! list. Each proof that the list names exists, and is judged. The proof cites the section,
//! or the list says how the proof shows the sentence. Where Linux fails a proof, the list
//! says so.
//!
//! `docs/rfc9260.md` is generated from the list; `UPDATE_GENERATED=1 cargo test -p course`
//! writes the page anew.

mod repository;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use course::rfc9260::{Demand, Kind, Level, Proof, Requirements, Shown, State};
use repository::{assert_fresh, scenarios_in};
use scenario::{Action, LinuxRule, RfcSection, Scenario};

/// The greatest number of MUSTs that are not shown, or only in part. The limit may only
/// go down.
const OPEN_MUSTS: usize = 14;

/// For each section: its number, its number of sentences with a keyword, and its numbers
/// of keywords of the levels MUST, SHOULD and MAY. Counted in the XML of the RFC.
const COUNTED: &[&str] = &[
    "1.3 4 3 0 1, 1.6 5 2 3 0, 3 3 2 0 1, 3.1 6 5 0 1, 3.2 4 4 0 0, 3.2.1 5 5 0 0",
    "3.2.2 4 2 1 1, 3.3.1 14 12 1 1, 3.3.2 17 14 7 4, 3.3.2.1 1 1 0 0, 3.3.2.1.2 2 2 1 0",
    "3.3.2.1.3 2 0 0 2, 3.3.2.1.4 3 3 0 1, 3.3.2.1.5 1 2 0 0, 3.3.3 23 15 11 5",
    "3.3.3.1 2 2 0 0, 3.3.3.1.1 1 1 0 0, 3.3.3.1.2 1 0 1 0, 3.3.4 3 2 1 0, 3.3.5 3 1 2 0",
    "3.3.6 2 2 0 0, 3.3.7 6 5 0 2, 3.3.8 3 2 0 1, 3.3.9 1 1 0 0, 3.3.10 1 0 0 1",
    "3.3.10.3 2 0 1 1, 3.3.10.12 2 0 0 2, 3.3.10.13 2 0 0 2, 3.3.11 3 2 1 1, 3.3.12 1 1 0 1",
    "3.3.13 2 2 0 0, 4 12 12 0 0, 5 1 1 0 0, 5.1 20 14 7 2, 5.1.1 3 4 0 1, 5.1.2 13 6 5 3",
    "5.1.3 7 2 5 1, 5.1.4 4 3 0 1, 5.1.5 9 6 3 2, 5.1.6 1 1 0 0, 5.2.1 12 11 4 1",
    "5.2.2 11 9 2 1, 5.2.3 1 0 1 0, 5.2.4 12 4 9 1, 5.2.5 1 0 1 0, 5.2.6 4 0 4 1",
    "5.3.1 3 2 1 0, 5.4 10 6 1 6, 6 13 7 5 3, 6.1 29 14 10 7, 6.2 37 15 19 7, 6.2.1 1 0 1 0",
    "6.3.1 6 2 3 1, 6.3.3 3 0 2 1, 6.4 8 0 5 3, 6.4.1 2 0 2 0, 6.5 7 5 1 1, 6.6 4 3 0 1",
    "6.7 7 5 2 0, 6.8 5 4 1 0, 6.9 16 13 3 2, 6.10 8 7 1 0, 7.1 3 0 1 2, 7.2 4 3 1 0",
    "7.2.1 11 5 6 1, 7.2.2 5 1 3 1, 7.2.3 2 0 2 0, 7.2.4 6 1 7 0, 7.2.5 1 1 0 0",
    "7.2.5.1 2 1 0 1, 7.2.5.2 2 1 0 1, 7.3 4 1 4 0, 8.1 7 2 5 1, 8.2 6 0 6 2, 8.3 16 1 16 1",
    "8.4 12 7 6 0, 8.5 3 4 0 0, 8.5.1 13 12 3 0, 9 1 0 1 0, 9.1 7 6 3 0, 9.2 28 12 19 2",
    "10 13 5 3 5, 12.2.2 1 0 0 1, 12.2.3 6 1 2 3, 12.2.4.1 1 1 0 1, 12.3 2 3 0 0",
    "12.4 7 5 1 2, 14.1 1 0 1 0, 14.2 1 0 1 0, 15.1 2 2 0 0, 15.2 3 4 0 0, 15.3 3 3 0 0",
    "15.4 2 2 0 0, 15.5 1 0 1 0, 16 2 0 2 0",
];

fn requirements() -> Requirements {
    Requirements::read().unwrap_or_else(|mistake| panic!("{mistake}"))
}

fn cases() -> BTreeMap<String, Scenario> {
    let mut cases = scenarios_in("conformance");
    cases.extend(scenarios_in("scenarios"));
    cases
}

#[test]
fn no_sentence_is_missing() {
    let counted: Vec<String> = requirements()
        .sections
        .iter()
        .map(|section| {
            let count = |level| {
                let demands = section.sentences.iter().flat_map(|it| &it.demands);
                demands.filter(|it| it.keyword.level == level).count()
            };
            let [must, should, may] = Level::ALL.map(count);
            let sentences = section.sentences.len();
            format!("{} {sentences} {must} {should} {may}", section.number)
        })
        .collect();
    let wanted: Vec<&str> = COUNTED.iter().flat_map(|line| line.split(", ")).collect();
    assert_eq!(counted, wanted);
}

#[test]
fn identifiers_differ() {
    let all = requirements();
    let ids: Vec<String> = all.demands().map(|(_, it)| it.id.to_string()).collect();
    let different: BTreeSet<&String> = ids.iter().collect();
    assert_eq!(ids.len(), different.len());
}

#[test]
fn sections_bear_their_titles() {
    for section in requirements().sections {
        let there = RfcSection {
            rfc: 9260,
            section: Some(section.number.clone()),
        };
        assert_eq!(there.title(), Some(section.title.as_str()), "{there}");
    }
}

#[test]
fn what_shows_a_sentence_exists() {
    let cases = cases();
    for (_, demand) in requirements().demands() {
        for shown in demand.shown().filter(|it| rule(it).is_none()) {
            let Shown { case, name } = shown;
            let id = &demand.id;
            let there = cases.get(case);
            let there = there.unwrap_or_else(|| panic!("{id}: no scenario or case is `{case}`"));
            let Some(name) = name else { continue };
            let steps = there.steps.iter().filter(|it| is_judged(&it.action));
            let steps = steps.map(|it| it.name.as_str());
            let assertions = there.assertions.iter().map(|it| it.name.as_str());
            let is_there = steps.chain(assertions).any(|known| known == name);
            assert!(is_there, "{id}: `{case}` judges nothing called `{name}`");
        }
    }
}

/// Whether a step can fail because of the stack's behaviour.
fn is_judged(action: &Action) -> bool {
    action.expects() || matches!(action, Action::Send(send) if send.error.is_some())
}

#[test]
fn what_shows_a_sentence_is_about_it_or_says_how() {
    let cases = cases();
    for (_, demand) in requirements().demands() {
        for proof in &demand.proofs {
            let (Proof::By(shown, None) | Proof::Differs(shown, None)) = proof else {
                continue;
            };
            let is_about = shown
                .iter()
                .any(|it| rule(it).is_some() || cites(&cases[&it.case], &demand.id.section));
            let id = &demand.id;
            assert!(
                is_about,
                "{id}: none of {} cites the section: say behind a colon how it shows it",
                names(shown)
            );
        }
    }
}

/// Whether a scenario cites a section, a parent section, or a subsection.
fn cites(scenario: &Scenario, section: &str) -> bool {
    let below = |one: &str, other: &str| {
        let rest = one.strip_prefix(other);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let cited = scenario.rfc.iter().filter(|it| it.rfc == 9260);
    let mut sections = cited.filter_map(|it| it.section.as_deref());
    sections.any(|cited| below(cited, section) || below(section, cited))
}

#[test]
fn where_linux_differs_it_is_told() {
    let cases = cases();
    let differs = |it: &&Shown| {
        cases
            .get(&it.case)
            .is_some_and(|it| !it.known_failures.is_empty())
    };
    for (_, demand) in requirements().demands() {
        let id = &demand.id;
        for proof in &demand.proofs {
            match proof {
                Proof::By(shown, _) | Proof::Partly(shown, _) => {
                    let failing: Vec<_> = shown.iter().filter(differs).collect();
                    assert!(
                        failing.is_empty(),
                        "{id}: Linux fails {failing:?}: `differs`"
                    );
                    let rules = shown.iter().find_map(rule);
                    assert!(
                        rules.is_none(),
                        "{id}: a rule of Linux shows nothing of the RFC"
                    );
                }
                Proof::Differs(shown, None) => {
                    let is_known = shown.iter().any(|it| rule(it).is_some() || differs(&it));
                    assert!(is_known, "{id}: say what Linux does behind a colon");
                }
                _ => {}
            }
        }
    }
}

/// The rule of Linux that the proof names.
fn rule(shown: &Shown) -> Option<LinuxRule> {
    let mut rules = LinuxRule::ALL.iter().copied();
    rules.find(|it| it.word() == shown.case)
}

#[test]
fn what_is_the_same_as_another_names_one_that_is_shown_for_itself() {
    let all = requirements();
    for (_, demand) in all.demands() {
        for proof in &demand.proofs {
            let Proof::As(other) = proof else { continue };
            let there = all.demand(other);
            let there = there.unwrap_or_else(|| panic!("{}: there is no {other}", demand.id));
            let is_itself = !there.proofs.iter().any(|it| matches!(it, Proof::As(_)));
            assert!(
                is_itself,
                "{}: {other} is the same as another one",
                demand.id
            );
            assert_eq!(demand.proofs.len(), 1, "{}", demand.id);
        }
    }
}

#[test]
fn a_choice_is_one() {
    for (_, demand) in requirements().demands() {
        let is_choice = |it: &Proof| matches!(it, Proof::Reason(Kind::Choice, _));
        let is_may = demand.keyword.level == Level::May;
        let is_one = demand.proofs.iter().any(is_choice);
        assert!(is_may || !is_one, "{} is no choice", demand.id);
    }
}

#[test]
fn no_more_is_open_than_was() {
    let tally = requirements().tally(Level::Must, |_| true);
    let open = tally.open + tally.partly;
    assert_eq!(
        open, OPEN_MUSTS,
        "where it is less now, harness/course/tests/rfc9260.rs says so, so that it never grows"
    );
}

#[test]
fn the_page_is_fresh() {
    assert_fresh(
        "docs/rfc9260.md",
        &page(&requirements(), &scenarios_in("scenarios")),
    );
}

const PAGE: &str = "\
# RFC 9260, sentence by sentence

RFC 9260 says what a stack has to do by the keywords of BCP 14. Here stands each sentence
that has one, and beside it what shows that a stack does as it says: the scenarios of
[the course](course.md) and the cases of [conformance](conformance.md) that **fail if a
stack does otherwise**, with the expectation or assertion that does. `sctp-lab rfc` prints
the same:

```sh
cargo lab rfc 6.10           # a section, and those below it
cargo lab rfc --open         # what nothing shows yet
cargo lab rfc --case d-i-8-5 # what a scenario or case shows
```

A sentence has the number of its section and its own: `6.10-7`. Where it has several
keywords, a letter tells them apart: `6.9-3b`. These identifiers stay as they are. The
quotations are the RFC's own words. Section 2, which says what the keywords mean, is left
out.

| told | means |
|---|---|
| shown by | these fail if a stack does otherwise, and Linux passes them |
| Linux differs | these show that Linux does otherwise: a case with a [known failure](conformance.md#known-failures), or a rule among [where Linux differs](where-linux-differs.md) |
| shown in part by | the same of a part; what is missing is told |
| the same as | the RFC says the same there, too |
| open | nothing shows it yet |
";

fn page(all: &Requirements, scenarios: &BTreeMap<String, Scenario>) -> String {
    let mut page = PAGE.to_owned();
    for kind in Kind::ALL {
        let _ = writeln!(page, "| {} | {} |", kind.word(), kind.meaning());
    }
    page.push_str("\n## How much is shown\n");
    for level in Level::ALL {
        page.push_str(&summary(all, level));
    }
    page.push_str("\n## What is open\n\nOf the MUSTs:\n\n");
    for (sentence, demand) in all.demands() {
        let is_open = matches!(all.state(demand), State::Open | State::Partly);
        if is_open && demand.keyword.level == Level::Must {
            let _ = writeln!(page, "* {}: {}", demand.id, escaped(&sentence.text));
        }
    }
    for section in &all.sections {
        let (number, title) = (&section.number, &section.title);
        let url = format!("https://www.rfc-editor.org/rfc/rfc9260#section-{number}");
        let _ = write!(page, "\n## {number} {title}\n\n[The section]({url}).\n\n");
        page.push_str("| | sentence | what shows it |\n|---|---|---|\n");
        for sentence in &section.sentences {
            let rows: Vec<String> = sentence
                .demands
                .iter()
                .map(|it| told(it, sentence.demands.len() > 1, scenarios))
                .collect();
            let text = escaped(&sentence.text);
            let _ = writeln!(page, "| {} | {text} | {} |", sentence.id, rows.join("<br>"));
        }
    }
    page
}

fn summary(all: &Requirements, level: Level) -> String {
    let total = all.tally(level, |_| true);
    let heads: Vec<&str> = total.columns().iter().map(|(head, _)| *head).collect();
    let row = |name: &str, tally: course::rfc9260::Tally| {
        let cells: Vec<String> = tally.columns().iter().map(|it| it.1.to_string()).collect();
        format!("| {name} | {} |\n", cells.join(" | "))
    };
    let mut table = format!(
        "\n| {level}, by chapter | {} |\n|---|{}\n",
        heads.join(" | "),
        "---|".repeat(heads.len())
    );
    for chapter in all.chapters() {
        let section = RfcSection {
            rfc: 9260,
            section: Some(chapter.to_owned()),
        };
        let name = format!("{chapter} {}", section.title().unwrap_or_default());
        let tally = all.tally(level, |it| it.chapter() == chapter);
        if tally.all() > 0 {
            table.push_str(&row(&name, tally));
        }
    }
    table.push_str(&row("all", total));
    table
}

fn told(demand: &Demand, has_letter: bool, scenarios: &BTreeMap<String, Scenario>) -> String {
    let lead = match demand.id.letter {
        Some(letter) if has_letter => format!("{letter}, {}: ", demand.keyword.word),
        _ => String::new(),
    };
    let proofs: Vec<String> = demand
        .proofs
        .iter()
        .map(|it| linked(it, scenarios))
        .collect();
    format!("{lead}{}", proofs.join("<br>"))
}

fn linked(proof: &Proof, scenarios: &BTreeMap<String, Scenario>) -> String {
    let mut text = escaped(&proof.to_string());
    let (Proof::By(shown, _) | Proof::Partly(shown, _) | Proof::Differs(shown, _)) = proof else {
        return text;
    };
    let names = names(shown);
    let links: Vec<String> = shown.iter().map(|it| link(it, scenarios)).collect();
    text = text.replacen(&names, &links.join(", "), 1);
    text
}

fn link(shown: &Shown, scenarios: &BTreeMap<String, Scenario>) -> String {
    let case = &shown.case;
    let folder = match scenarios.contains_key(case) {
        true => "scenarios",
        false => "conformance",
    };
    match rule(shown) {
        Some(_) => format!("[{case}](where-linux-differs.md#{case})"),
        None => format!("[{shown}](../{folder}/{case}.yaml)"),
    }
}

fn names(shown: &[Shown]) -> String {
    let names: Vec<String> = shown.iter().map(ToString::to_string).collect();
    names.join(", ")
}

/// Escapes text for a cell of a table.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        if "|*_<>[]".contains(character) {
            out.push('\\');
        }
        out.push(character);
    }
    out
}
