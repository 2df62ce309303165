//! `sctp-lab list`: lists the scenarios in the order of the course, unit by unit.

use serde_json::json;

use crate::args::List;
use crate::console;
use crate::exit::Exit;
use crate::library::{self, Loaded};

pub(crate) fn run(args: &List) -> Exit {
    let mut found = library::load(&["all".to_owned()]);
    found.loaded.retain(|it| is_wanted(it, &args.words));
    if args.json {
        found
            .loaded
            .iter()
            .for_each(|it| console::print(&console::json(&object(it))));
    } else {
        print(&found.loaded, args.sections);
    }
    if found.complain() {
        return Exit::Wrong;
    }
    if found.loaded.is_empty() && !args.words.is_empty() {
        console::error("no scenario has all these words in its name, title, lesson or sections");
        return Exit::Wrong;
    }
    Exit::Passed
}

/// Whether the name, the title, the lesson and the sections of a scenario contain all the
/// words, in upper or lower case.
fn is_wanted(it: &Loaded, words: &[String]) -> bool {
    let mut text = format!("{} {} {}", it.name, it.scenario.title, it.scenario.lesson);
    for section in &it.scenario.rfc {
        text.push_str(&format!(" {section} {}", section.title().unwrap_or("")));
    }
    let text = text.to_lowercase();
    words.iter().all(|word| text.contains(&word.to_lowercase()))
}

fn object(it: &Loaded) -> serde_json::Value {
    let rfc: Vec<String> = it.scenario.rfc.iter().map(ToString::to_string).collect();
    json!({
        "format": 1,
        "name": it.name,
        "title": it.scenario.title,
        "rfc": rfc,
        "sabotages": it.scenario.sabotages.len(),
        "path": it.path,
        "place": report::place_json(&it.name),
    })
}

/// Prints the scenarios unit by unit, each unit with its heading.
fn print(loaded: &[Loaded], sections: bool) {
    let width = loaded.iter().map(|it| it.name.len()).max().unwrap_or(0);
    let mut heading = String::new();
    for it in loaded {
        let unit = heading_of(&it.name);
        if unit != heading {
            let gap = if heading.is_empty() { "" } else { "\n" };
            console::print(&format!("{gap}{unit}\n"));
            heading = unit;
        }
        let title = terminal::escape(&it.scenario.title);
        console::print(&format!("  {:width$}  {title}\n", it.name));
        for section in it.scenario.rfc.iter().filter(|_| sections) {
            let title = section.title();
            let title = title.map_or_else(String::new, |title| format!(", {title}"));
            console::print(&format!("  {:width$}    {section}{title}\n", ""));
        }
    }
}

fn heading_of(name: &str) -> String {
    let Some(place) = course::place(name) else {
        return "Not of the course".to_owned();
    };
    let unit = &course::UNITS[place.unit];
    let before: Vec<String> = unit
        .before
        .iter()
        .filter_map(|name| course::UNITS.iter().position(|it| it.name == *name))
        .map(|index| (index + 1).to_string())
        .collect();
    let before = match before.as_slice() {
        [] => String::new(),
        before => format!(", after {}", before.join(" and ")),
    };
    let (number, title, level) = (place.unit + 1, unit.title, unit.level);
    let minutes = unit.minutes();
    format!("{number}. {title} ({level}, {minutes} minutes{before})")
}
