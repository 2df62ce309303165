//! Checks the order of the course: every scenario has a place, and the prerequisites of a
//! unit come before it. `docs/course.md` and `docs/where-linux-differs.md` are generated
//! from the data; `UPDATE_GENERATED=1 cargo test -p course` writes them.

mod bounds;
mod repository;

use std::collections::{BTreeMap, BTreeSet};

use course::UNITS;
use repository::{assert_fresh, scenarios_in};
use scenario::{LinuxRule, Scenario};

#[test]
fn every_scenario_is_in_one_unit() {
    let scenarios = scenarios_in("scenarios");
    let lessons = || UNITS.iter().flat_map(|unit| unit.lessons);
    let placed: BTreeSet<&str> = lessons().copied().collect();
    assert_eq!(lessons().count(), placed.len(), "one is named twice");
    let there: BTreeSet<&str> = scenarios.keys().map(String::as_str).collect();
    let homeless: Vec<_> = there.difference(&placed).collect();
    assert!(
        homeless.is_empty(),
        "harness/course/src/units.rs lacks {homeless:?}"
    );
    let gone: Vec<_> = placed.difference(&there).collect();
    assert!(gone.is_empty(), "there is no scenario {gone:?}");
}

#[test]
fn what_a_unit_builds_on_comes_before_it() {
    for (number, unit) in UNITS.iter().enumerate() {
        assert!(!unit.lessons.is_empty(), "{} has no lesson", unit.name);
        assert!(
            number == 0 || !unit.before.is_empty(),
            "{} builds on nothing",
            unit.name
        );
        for name in unit.before {
            let earlier = UNITS[..number].iter().find(|it| it.name == *name);
            let earlier = earlier.unwrap_or_else(|| panic!("{name} is not before {}", unit.name));
            assert!(
                earlier.level <= unit.level,
                "{name} is harder than {}",
                unit.name
            );
        }
    }
}

#[test]
fn a_lesson_that_shows_a_rule_of_linux_names_linux() {
    for scenario in scenarios_in("scenarios").values() {
        let is_told = scenario.deviates.is_empty() || scenario.lesson.contains("Linux");
        assert!(is_told, "{} does not say so", scenario.name);
    }
}

#[test]
fn the_pages_are_fresh() {
    let scenarios = scenarios_in("scenarios");
    assert_fresh("docs/course.md", &course_page(&scenarios));
    assert_fresh("docs/where-linux-differs.md", &differences_page(&scenarios));
}

const COURSE: &str = "\
# The course

Every scenario is a lesson: it teaches one thing about SCTP, asserts it on the wire and
at the sockets, and names small changes under which it must fail. Read one with
`sctp-lab explain NAME`, run it with `sctp-lab run NAME`, and take it out with `sctp-lab
copy NAME` to make the change that the lesson ends with. `sctp-lab list` prints this
order, and `sctp-lab learn` asks along it ([exercises](learn.md)).

A unit builds on those that its line names. Eight minutes a lesson are reckoned: to read
it, to run it, and to change it once. A beginner knows TCP sockets and no SCTP; a
practitioner builds or runs something on SCTP; an expert wants the extensions too. Words
are explained in the [glossary](glossary.md); [from TCP to SCTP](from-tcp-to-sctp.md) puts
what you know beside what is new.

";

fn course_page(scenarios: &BTreeMap<String, Scenario>) -> String {
    let mut page = COURSE.to_owned();
    page.push_str("| unit | level | minutes | builds on |\n|---|---|---|---|\n");
    for (number, unit) in UNITS.iter().enumerate() {
        let before: Vec<String> = unit.before.iter().map(|name| link(name)).collect();
        page.push_str(&format!(
            "| {}. [{}](#{}) | {} | {} | {} |\n",
            number + 1,
            unit.title,
            anchor(number),
            unit.level,
            unit.minutes(),
            before.join(", ")
        ));
    }
    for (number, unit) in UNITS.iter().enumerate() {
        page.push_str(&format!(
            "\n## {}. {}\n\nFor {}s. Afterwards you can {}.\n\n\
             | lesson | shows | sections |\n|---|---|---|\n",
            number + 1,
            unit.title,
            unit.level,
            unit.goal
        ));
        for name in unit.lessons {
            let scenario = &scenarios[*name];
            let sections: Vec<String> = scenario.rfc.iter().map(section).collect();
            page.push_str(&format!(
                "| [{name}](../scenarios/{name}.yaml) | {} | {} |\n",
                scenario.title,
                sections.join("<br>")
            ));
        }
    }
    page
}

fn section(section: &scenario::RfcSection) -> String {
    let title = section
        .title()
        .map_or_else(String::new, |title| format!(" {title}"));
    let number = section.to_string().replace(" section ", ", ");
    format!("[{number}]({}){title}", section.url())
}

/// A link to the unit with this name, which shows the unit's number.
fn link(name: &str) -> String {
    let number = UNITS
        .iter()
        .position(|unit| unit.name == name)
        .expect("there is such a unit");
    format!("[{}](#{})", number + 1, anchor(number))
}

/// The anchor of the unit's heading.
fn anchor(number: usize) -> String {
    let heading = format!("{}. {}", number + 1, UNITS[number].title).to_lowercase();
    heading
        .chars()
        .filter(|it| it.is_alphanumeric() || *it == ' ' || *it == '-')
        .map(|it| if it == ' ' { '-' } else { it })
        .collect()
}

const DIFFERENCES: &str = "\
# Where Linux differs

What the lab shows is what a real stack does, and no stack does everything as the RFC has
it. Here stand the rules that Linux has otherwise, or where the RFC leaves a choice, each
with its source: a section of an RFC, a file and a function of the kernel. Lessons that
show one name it under `deviates`, and `sctp-lab explain` and the report tell of it there.

The rules were read in Linux 6.1 and 7.3, which do not differ in them.

";

fn differences_page(scenarios: &BTreeMap<String, Scenario>) -> String {
    let mut page = DIFFERENCES.to_owned();
    for (heading, judged) in [
        ("Rules that bounds are reckoned by", true),
        ("Other rules", false),
    ] {
        page.push_str(&format!("## {heading}\n"));
        for it in LinuxRule::ALL.iter().filter(|it| it.is_judged() == judged) {
            let rules = it.rules();
            page.push_str(&format!(
                "\n### {}\n\n* {}: {}.\n* Linux: {}. Source: {}.\n",
                it.word(),
                rules.section,
                rules.rfc,
                rules.linux,
                rules.source
            ));
            let shown: Vec<String> = scenarios
                .values()
                .filter(|scenario| scenario.deviates.contains(it))
                .map(|scenario| format!("`{}`", scenario.name))
                .collect();
            if !shown.is_empty() {
                page.push_str(&format!("* Shown by {}.\n", shown.join(", ")));
            }
        }
        page.push('\n');
    }
    page.truncate(page.trim_end().len());
    page.push('\n');
    page
}
