//! Checks the sections of RFCs that are cited: each exists, and each that a scenario names
//! has its title. `docs/sections.md` prints the titles; `UPDATE_GENERATED=1 cargo test -p
//! course` writes it.

mod citation;
mod repository;
mod unshown;

use std::collections::{BTreeMap, BTreeSet};

use citation::{cited, of_sections, texts_in};
use repository::{assert_fresh, scenarios_in};
use scenario::{RfcSection, Scenario};

/// The folders with scenarios.
const SCENARIOS: [&str; 4] = ["scenarios", "conformance", "history", "sweeps"];

#[test]
fn every_section_that_a_scenario_names_has_its_title() {
    let mut wrong = Vec::new();
    for folder in SCENARIOS {
        for scenario in scenarios_in(folder).values() {
            let lacks = sections_of(scenario).filter(|it| it.section.is_some());
            for section in lacks.filter(|it| it.title().is_none()) {
                wrong.push(format!("{folder}/{}.yaml: {section}", scenario.name));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "put these with their titles into harness/scenario/src/model/sections.txt, if there \
         are such sections: {wrong:#?}"
    );
}

#[test]
fn every_section_that_a_text_cites_exists() {
    let mut found = 0;
    let mut wrong = Vec::new();
    for (folder, ending) in [
        ("scenarios", "yaml"),
        ("conformance", "yaml"),
        ("history", "yaml"),
        ("sweeps", "yaml"),
        ("programs", "yaml"),
        ("expected", "yaml"),
        ("docs", "md"),
        ("harness", "md"),
        ("harness", "rs"),
    ] {
        for (path, text) in texts_in(folder, ending) {
            for section in cited(&text) {
                found += 1;
                if section.is_missing() {
                    wrong.push(format!("{}: {section}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "there are no such sections: {wrong:#?}");
    assert!(found > 1000, "only {found} citations were found");
}

#[test]
fn a_section_without_an_rfc_is_of_one_that_the_lesson_names() {
    let mut found = 0;
    let mut wrong = Vec::new();
    for scenario in scenarios_in("scenarios").values() {
        let mut rfcs: BTreeSet<u16> = sections_of(scenario).map(|it| it.rfc).collect();
        rfcs.insert(9260);
        let says = scenario.steps.iter().map(|step| step.say.as_str());
        for text in says.chain([scenario.lesson.as_str()]) {
            for section in of_sections(text) {
                found += 1;
                let exists = |rfc: &u16| {
                    let section = Some(section.clone());
                    !RfcSection { rfc: *rfc, section }.is_missing()
                };
                if !rfcs.iter().any(exists) {
                    wrong.push(format!("{}: section {section}", scenario.name));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "there are no such sections: {wrong:#?}");
    assert!(found > 30, "only {found} were found");
}

#[test]
fn every_section_of_rfc_9260_is_named_by_a_lesson_or_has_a_reason() {
    let lessons = scenarios_in("scenarios");
    let named: BTreeSet<&RfcSection> = lessons.values().flat_map(sections_of).collect();
    let mut lacking = Vec::new();
    let mut needless = Vec::new();
    for section in sections_of_rfc_9260() {
        let text = section.section.as_deref().expect("each has its number");
        match (named.contains(&section), unshown::reason(text)) {
            (false, None) => lacking.push(text.to_owned()),
            (true, Some(_)) => needless.push(text.to_owned()),
            _ => {}
        }
    }
    assert!(
        lacking.is_empty(),
        "no lesson names {lacking:?}: write one, or say in \
         harness/course/tests/unshown/mod.rs why there is nothing to see"
    );
    assert!(
        needless.is_empty(),
        "lessons name {needless:?} by now: strike them out of \
         harness/course/tests/unshown/mod.rs"
    );
}

#[test]
fn a_section_without_a_lesson_exists_and_has_one_reason() {
    let all: BTreeSet<RfcSection> = sections_of_rfc_9260().into_iter().collect();
    let mut seen = BTreeSet::new();
    for text in unshown::UNSHOWN.iter().flat_map(|it| it.sections) {
        let section = Some((*text).to_owned());
        assert!(all.contains(&RfcSection { rfc: 9260, section }), "{text}");
        assert!(seen.insert(text), "{text} stands there twice");
    }
}

#[test]
fn the_titles_are_printed() {
    assert_fresh("docs/sections.md", &page());
}

fn sections_of(scenario: &Scenario) -> impl Iterator<Item = &RfcSection> {
    let of_exercises = scenario.exercises.iter().map(|it| &it.rfc);
    scenario.rfc.iter().chain(of_exercises)
}

/// All sections of RFC 9260, in its order.
fn sections_of_rfc_9260() -> Vec<RfcSection> {
    let lists = texts_in("harness/scenario/src/model", "txt");
    let (_, list) = lists.first().expect("the list is there");
    let lines = list.lines().filter_map(|line| line.strip_prefix("9260 "));
    lines
        .map(|line| {
            let section = line.split(' ').next().map(str::to_owned);
            RfcSection { rfc: 9260, section }
        })
        .collect()
}

const PAGE: &str = "\
# Sections that are shown

Each section that a lesson of [the course](course.md) or a case of
[conformance](conformance.md) names, with its title. Lessons stand here by their names, and
of the cases how many name it. [RFC 9260, sentence by sentence](rfc9260.md) says which
sentence is shown by what. The sections of RFC 9260 that no lesson names stand
[at the end](#sections-of-rfc-9260-that-no-lesson-names), with the reason.
";

const UNSHOWN: &str = "
## Sections of RFC 9260 that no lesson names

| section | title | why not |
|---|---|---|
";

/// What names a section.
#[derive(Default)]
struct Naming {
    lessons: BTreeSet<String>,
    cases: usize,
}

fn page() -> String {
    let mut named: BTreeMap<u16, Vec<(RfcSection, Naming)>> = BTreeMap::new();
    for folder in ["scenarios", "conformance"] {
        for scenario in scenarios_in(folder).values() {
            let sections: BTreeSet<&RfcSection> = sections_of(scenario).collect();
            for section in sections.into_iter().filter(|it| it.section.is_some()) {
                let of_rfc = named.entry(section.rfc).or_default();
                let place = of_rfc.iter().position(|(it, _)| it == section);
                let place = place.unwrap_or_else(|| {
                    of_rfc.push((section.clone(), Naming::default()));
                    of_rfc.len() - 1
                });
                let naming = &mut of_rfc[place].1;
                match folder {
                    "scenarios" => {
                        naming.lessons.insert(scenario.name.clone());
                    }
                    _ => naming.cases += 1,
                }
            }
        }
    }
    let mut page = PAGE.to_owned();
    for (rfc, mut sections) in named {
        sections.sort_by_key(|(section, _)| citation::place(section));
        page.push_str(&format!(
            "\n## RFC {rfc}\n\n| section | title | lessons | cases |\n|---|---|---|---|\n"
        ));
        for (section, naming) in sections {
            let lessons: Vec<String> = naming
                .lessons
                .iter()
                .map(|name| format!("[{name}](../scenarios/{name}.yaml)"))
                .collect();
            page.push_str(&format!(
                "| [{}]({}) | {} | {} | {} |\n",
                section.section.as_deref().unwrap_or_default(),
                section.url(),
                section.title().unwrap_or_default(),
                lessons.join(", "),
                match naming.cases {
                    0 => String::new(),
                    cases => cases.to_string(),
                }
            ));
        }
    }
    page.push_str(UNSHOWN);
    for section in sections_of_rfc_9260() {
        let number = section.section.as_deref().unwrap_or_default();
        if let Some(reason) = unshown::reason(number) {
            page.push_str(&format!(
                "| [{number}]({}) | {} | {reason} |\n",
                section.url(),
                section.title().unwrap_or_default(),
            ));
        }
    }
    page
}
