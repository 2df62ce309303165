//! `sctp-lab rfc`: shows the demands of RFC 9260, sentence by sentence, and their proofs.

use course::rfc9260::{Demand, Id, Level, Proof, Requirements, Section, Sentence, State};
use scenario::RfcSection;
use serde_json::{Value, json};

use crate::args::Rfc;
use crate::console;
use crate::exit::Exit;
use crate::library;

pub(crate) fn run(args: &Rfc) -> Exit {
    let all = match Requirements::read() {
        Ok(all) => all,
        Err(mistake) => {
            console::error(&mistake.to_string());
            return Exit::Fault;
        }
    };
    let wanted = match Wanted::of(args, &all) {
        Ok(wanted) => wanted,
        Err(mistake) => {
            console::error(&mistake);
            return Exit::Wrong;
        }
    };
    let asks_for_all = args.sections.is_empty() && !args.open && args.case.is_none();
    if args.json {
        wanted.each(&all, |section, sentence, demands| {
            for demand in demands {
                console::print(&console::json(&object(&all, section, sentence, demand)));
            }
        });
    } else if asks_for_all {
        let levels = Level::ALL.into_iter();
        let levels = levels.filter(|level| wanted.level.is_none_or(|it| it == *level));
        let tables: Vec<String> = levels.map(|level| table(&all, level)).collect();
        console::print(&tables.join("\n"));
    } else {
        wanted.print(&all);
    }
    Exit::Passed
}

/// The demands that are to be shown.
struct Wanted<'a> {
    places: Vec<Part>,
    open: bool,
    case: Option<&'a str>,
    level: Option<Level>,
}

/// A part of RFC 9260 that the command line names.
enum Part {
    /// A section, with those below it.
    Section(String),
    /// A sentence, or one of its demands.
    Sentence(Id),
}

impl<'a> Wanted<'a> {
    fn of(args: &'a Rfc, all: &Requirements) -> Result<Self, String> {
        let places: Result<_, String> = args.sections.iter().map(|it| place(it, all)).collect();
        let case = args.case.as_deref();
        if let Some(case) = case {
            check_case(case, all)?;
        }
        Ok(Self {
            places: places?,
            open: args.open,
            case,
            level: args.level.map(Level::from),
        })
    }

    fn has(&self, all: &Requirements, section: &Section, demand: &Demand) -> bool {
        let is_there = |place: &Part| match place {
            Part::Section(number) => section.is_within(number),
            Part::Sentence(id) => {
                let letter = id.letter.or(demand.id.letter);
                let id = Id {
                    letter,
                    ..id.clone()
                };
                demand.id == id
            }
        };
        let is_open = matches!(all.state(demand), State::Open | State::Partly);
        let is_shown = |case| demand.shown().any(|it| it.case == case);
        (self.places.is_empty() || self.places.iter().any(is_there))
            && (!self.open || is_open)
            && self.case.is_none_or(is_shown)
            && self.level.is_none_or(|it| it == demand.keyword.level)
    }

    /// Calls `hear` for each sentence with wanted demands, in the order of the RFC.
    fn each(&self, all: &Requirements, mut hear: impl FnMut(&Section, &Sentence, &[&Demand])) {
        for section in &all.sections {
            for sentence in &section.sentences {
                let demands = sentence.demands.iter();
                let demands: Vec<&Demand> = demands
                    .filter(|demand| self.has(all, section, demand))
                    .collect();
                if !demands.is_empty() {
                    hear(section, sentence, &demands);
                }
            }
        }
    }

    fn print(&self, all: &Requirements) {
        let mut heading = String::new();
        self.each(all, |section, sentence, demands| {
            if heading != section.number {
                let gap = if heading.is_empty() { "" } else { "\n" };
                let (number, title) = (&section.number, &section.title);
                console::print(&format!("{gap}{number} {title}\n"));
                heading.clone_from(number);
            }
            console::print(&told(all, sentence, demands));
        });
        if heading.is_empty() {
            console::print("no sentence with a keyword matches\n");
        }
    }
}

/// The section or sentence that a word of the command line names.
fn place(word: &str, all: &Requirements) -> Result<Part, String> {
    if word.contains('-') {
        let id: Id = word.parse()?;
        let mut demands = all.demands();
        let is_there = demands.any(|(sentence, demand)| sentence.id == id || demand.id == id);
        let least = format!("`sctp-lab rfc {}` shows those of the section", id.section);
        return match is_there {
            true => Ok(Part::Sentence(id)),
            false => Err(format!(
                "RFC 9260 has no sentence {id} with a keyword; {least}"
            )),
        };
    }
    let section = RfcSection {
        rfc: 9260,
        section: Some(word.to_owned()),
    };
    if section.title().is_some() {
        return Ok(Part::Section(word.to_owned()));
    }
    let numbers: Vec<String> = all.sections.iter().map(|it| it.number.clone()).collect();
    let help = library::hint(word, &numbers);
    let help = help.unwrap_or("`sctp-lab rfc` shows its chapters".to_owned());
    Err(format!("RFC 9260 has no section `{word}`; {help}"))
}

/// Checks that there is a scenario or case of this name. A case need not show a demand.
fn check_case(case: &str, all: &Requirements) -> Result<(), String> {
    let shown = all.demands().flat_map(|(_, demand)| demand.shown());
    let mut names: Vec<String> = shown.map(|it| it.case.clone()).collect();
    let is_there = |folder: &str| {
        let folder = library::folder(folder);
        folder.is_some_and(|it| it.join(format!("{case}.yaml")).is_file())
    };
    if names.iter().any(|it| it == case) || is_there("conformance") || is_there("scenarios") {
        return Ok(());
    }
    names.sort();
    names.dedup();
    let help = library::hint(case, &names);
    let help = help.unwrap_or("`sctp-lab rfc 6.9` shows how they are called".to_owned());
    Err(format!("no scenario or case is called `{case}`; {help}"))
}

/// A sentence, and the state of its demands.
fn told(all: &Requirements, sentence: &Sentence, demands: &[&Demand]) -> String {
    let mut text = filled(&format!("{}  {}", sentence.id, sentence.text), "  ", "    ");
    for demand in demands {
        let letter = demand
            .id
            .letter
            .map_or(String::new(), |it| format!("{it} "));
        let (word, state) = (demand.keyword.word, all.state(demand).word());
        let proofs: Vec<String> = demand.proofs.iter().map(ToString::to_string).collect();
        let same = matches!(demand.proofs.first(), Some(Proof::As(_)));
        let state = if same {
            format!(", {state}")
        } else {
            String::new()
        };
        let row = format!("{letter}{word}: {}{state}", proofs.join("; "));
        text.push_str(&filled(&row, "      ", "        "));
    }
    text
}

/// Fills lines of the terminal.
fn filled(text: &str, first: &str, others: &str) -> String {
    let options = textwrap::Options::new(console::width().clamp(40, 100))
        .initial_indent(first)
        .subsequent_indent(others)
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::fill(text, options) + "\n"
}

/// A table of the demands of one level: how many are in each state, for each chapter that
/// has any.
fn table(all: &Requirements, level: Level) -> String {
    let total = all.tally(level, |_| true);
    let heads: Vec<&str> = total.columns().iter().map(|(head, _)| *head).collect();
    let chapters = all.chapters().into_iter().map(|chapter| {
        let section = RfcSection {
            rfc: 9260,
            section: Some(chapter.to_owned()),
        };
        let title = section.title().unwrap_or_default();
        let tally = all.tally(level, |it| it.chapter() == chapter);
        (format!("{chapter} {title}"), tally)
    });
    let chapters = chapters.filter(|(_, tally)| tally.all() > 0);
    let rows: Vec<_> = chapters.chain([("all".to_owned(), total)]).collect();
    let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let mut table = format!("{:width$}  {}\n", level.to_string(), heads.join("  "));
    for (name, tally) in rows {
        table.push_str(&format!("{name:width$}"));
        for (head, number) in tally.columns() {
            table.push_str(&format!("  {number:>0$}", head.len()));
        }
        table.push('\n');
    }
    table
}

fn object(all: &Requirements, section: &Section, sentence: &Sentence, demand: &Demand) -> Value {
    let proofs: Vec<Value> = demand.proofs.iter().map(proof).collect();
    json!({
        "format": 1,
        "id": demand.id.to_string(),
        "section": section.number,
        "title": section.title,
        "sentence": sentence.text,
        "keyword": demand.keyword.word,
        "level": demand.keyword.level.to_string(),
        "state": all.state(demand).word(),
        "proofs": proofs,
    })
}

fn proof(proof: &Proof) -> Value {
    let (kind, shown, words) = match proof {
        Proof::By(shown, words) => ("by", shown.as_slice(), words.as_deref()),
        Proof::Partly(shown, words) => ("partly", shown.as_slice(), Some(words.as_str())),
        Proof::Differs(shown, words) => ("differs", shown.as_slice(), words.as_deref()),
        Proof::As(other) => return json!({"kind": "as", "same-as": other.to_string()}),
        Proof::Reason(kind, words) => (kind.word(), [].as_slice(), Some(words.as_str())),
        Proof::Open(words) => ("open", [].as_slice(), words.as_deref()),
    };
    let cases: Vec<Value> = shown
        .iter()
        .map(|it| json!({"case": it.case, "name": it.name}))
        .collect();
    json!({"kind": kind, "cases": cases, "words": words})
}
