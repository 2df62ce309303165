//! Reads the file of a chapter. The files are the lab's own, and mistakes in them are
//! reported with their lines.

use std::fmt;

use super::demand::KEYWORDS;
use super::{Demand, Id, Keyword, Kind, Proof, Section, Sentence, Shown};

/// A mistake in a file of the folder `rfc9260`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The file.
    pub file: &'static str,
    /// The line, from 1.
    pub line: usize,
    /// The mistake in words.
    pub what: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, what } = self;
        write!(f, "harness/course/rfc9260/{file}, line {line}: {what}")
    }
}

impl std::error::Error for Mistake {}

/// Lines that belong together, joined to one text.
enum Item {
    Heading(String),
    Sentence(String),
    Demand(String),
}

pub(super) fn chapter(file: &'static str, text: &str) -> Result<Vec<Section>, Mistake> {
    let at = |line: usize| move |what: String| Mistake { file, line, what };
    let mut sections: Vec<Section> = Vec::new();
    for (line, item) in items(text) {
        match item {
            Item::Heading(text) => {
                check_whole(&sections).map_err(at(line))?;
                sections.push(heading(&text).map_err(at(line))?);
            }
            Item::Sentence(text) => {
                check_whole(&sections).map_err(at(line))?;
                let section = sections.last_mut().ok_or("a heading comes first");
                let section = section.map_err(|what| at(line)(what.to_owned()))?;
                let sentence = sentence(section, &text).map_err(at(line))?;
                section.sentences.push(sentence);
            }
            Item::Demand(text) => {
                let sentence = sections.last_mut().and_then(|it| it.sentences.last_mut());
                let sentence = sentence.ok_or("a sentence comes first");
                let sentence = sentence.map_err(|what| at(line)(what.to_owned()))?;
                add(sentence, &text).map_err(at(line))?;
            }
        }
    }
    check_whole(&sections).map_err(at(text.lines().count()))?;
    Ok(sections)
}

fn items(text: &str) -> Vec<(usize, Item)> {
    let mut items: Vec<(usize, Item)> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let number = index + 1;
        if let Some(heading) = line.strip_prefix("## ") {
            items.push((number, Item::Heading(heading.to_owned())));
        } else if let Some(demand) = line.strip_prefix("  - ") {
            items.push((number, Item::Demand(demand.to_owned())));
        } else if let Some((_, Item::Sentence(text) | Item::Demand(text))) =
            items.last_mut().filter(|_| line.starts_with("  "))
        {
            text.push(' ');
            text.push_str(line.trim());
        } else if !line.trim().is_empty() {
            items.push((number, Item::Sentence(line.to_owned())));
        }
    }
    items
}

fn heading(text: &str) -> Result<Section, String> {
    let (number, title) = text.split_once(' ').ok_or("a heading has a title")?;
    Ok(Section {
        number: number.to_owned(),
        title: title.to_owned(),
        sentences: Vec::new(),
    })
}

fn sentence(section: &Section, text: &str) -> Result<Sentence, String> {
    let (id, text) = text.split_once(' ').ok_or("a sentence has words")?;
    let id: Id = id.parse()?;
    let expected = section.sentences.len() + 1;
    let is_next = id.section == section.number && usize::from(id.number) == expected;
    if !is_next || id.letter.is_some() {
        let section = &section.number;
        return Err(format!("{section}-{expected} comes here, and not {id}"));
    }
    Ok(Sentence {
        id,
        text: text.to_owned(),
        demands: Vec::new(),
    })
}

/// Checks that the last sentence has a demand for each of its keywords.
fn check_whole(sections: &[Section]) -> Result<(), String> {
    let Some(last) = sections.last().and_then(|it| it.sentences.last()) else {
        return Ok(());
    };
    let said = keywords_of(&last.text);
    let rows: Vec<&str> = last.demands.iter().map(|it| it.keyword.word).collect();
    if said == rows {
        return Ok(());
    }
    let id = &last.id;
    Err(format!(
        "{id} has the keywords {said:?}, and rows for {rows:?}"
    ))
}

/// The keywords in a sentence, in order.
fn keywords_of(mut text: &str) -> Vec<&'static str> {
    let mut found = Vec::new();
    let mut is_within_word = false;
    while let Some(next) = text.chars().next() {
        let keyword = KEYWORDS.iter().find(|(word, _)| {
            let rest = text.strip_prefix(word);
            !is_within_word && rest.is_some_and(|it| !it.starts_with(char::is_alphanumeric))
        });
        let taken = keyword.map_or(next.len_utf8(), |(word, _)| word.len());
        found.extend(keyword.map(|(word, _)| *word));
        is_within_word = next.is_alphanumeric();
        text = text.get(taken..).unwrap_or_default();
    }
    found
}

/// Adds a row: a demand, or a further proof of the last demand.
fn add(sentence: &mut Sentence, row: &str) -> Result<(), String> {
    let (letter, row) = match row.split_once(' ') {
        Some((letter, rest)) if letter.len() == 1 => (letter.chars().next(), rest),
        _ => (None, row),
    };
    let (word, proof) = row.split_once(": ").ok_or("a row is `KEYWORD: PROOF`")?;
    let keyword = KEYWORDS.iter().find(|(known, _)| *known == word);
    let keyword = keyword.ok_or_else(|| format!("`{word}` is no keyword"))?;
    let id = Id {
        letter,
        ..sentence.id.clone()
    };
    let proof = self::proof(proof)?;
    if let Some(last) = sentence.demands.last_mut().filter(|it| it.id == id) {
        last.proofs.push(proof);
        return Ok(());
    }
    sentence.demands.push(Demand {
        id,
        keyword: Keyword {
            word: keyword.0,
            level: keyword.1,
        },
        proofs: vec![proof],
    });
    Ok(())
}

fn proof(text: &str) -> Result<Proof, String> {
    let (before, words) = match text.split_once(": ") {
        Some((before, words)) => (before, Some(words.to_owned())),
        None => (text, None),
    };
    let (kind, names) = before.split_once(' ').unwrap_or((before, ""));
    let needs_words = || format!("`{kind}` needs words behind a colon");
    let proof = match kind {
        "by" => Proof::By(shown(names)?, words),
        "partly" => Proof::Partly(shown(names)?, words.ok_or_else(needs_words)?),
        "differs" => Proof::Differs(shown(names)?, words),
        "as" => Proof::As(names.parse()?),
        "open" => Proof::Open(words),
        _ => {
            let reason = Kind::ALL.into_iter().find(|it| it.word() == kind);
            let reason = reason.ok_or_else(|| format!("`{kind}` is no kind of proof"))?;
            Proof::Reason(reason, words.ok_or_else(needs_words)?)
        }
    };
    Ok(proof)
}

fn shown(names: &str) -> Result<Vec<Shown>, String> {
    let of = |name: &str| {
        let (case, name) = match name.split_once('/') {
            Some((case, name)) => (case, Some(name.to_owned())),
            None => (name, None),
        };
        let is_name = |it: &str| !it.is_empty() && !it.contains(char::is_whitespace);
        if !is_name(case) || !name.as_deref().is_none_or(is_name) {
            return Err(format!("`{case}` is no name of a case"));
        }
        Ok(Shown {
            case: case.to_owned(),
            name,
        })
    };
    names.split(", ").map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistake(text: &str) -> String {
        chapter("06.txt", text)
            .expect_err("it is wrong")
            .to_string()
    }

    #[test]
    fn a_sentence_with_two_keywords_has_two_demands() {
        let text = "## 6.9 Fragmentation\n\n6.9-1 It MAY, but it\n  MUST NOT.\n  - a MAY: choice: \
                    yes\n  - b MUST NOT: by one/two,\n    three: so\n  - b MUST NOT: differs four\n";
        let sections = chapter("06.txt", text).expect("it is right");
        let demands = &sections[0].sentences[0].demands;
        let ids: Vec<String> = demands.iter().map(|it| it.id.to_string()).collect();
        assert_eq!(ids, ["6.9-1a", "6.9-1b"]);
        let proofs: Vec<String> = demands[1].proofs.iter().map(ToString::to_string).collect();
        let wanted = ["shown by one/two, three: so", "Linux differs: four"];
        assert_eq!(proofs, wanted);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let head = "## 6 Data\n\n";
        let cases = [
            ("6-2 It MUST.\n", "line 3: 6-1 comes here, and not 6-2"),
            (
                "6-1 It MUST NOT.\n  - MUST: open\n",
                "line 4: 6-1 has the keywords [\"MUST NOT\"], and rows for [\"MUST\"]",
            ),
            (
                "6-1 It MUST.\n  - MUST: inside\n",
                "line 4: `inside` needs words",
            ),
            (
                "6-1 It MUST.\n  - MUST: magic\n",
                "line 4: `magic` is no kind",
            ),
            (
                "6-1 It MUST.\n  - WILL: open\n",
                "line 4: `WILL` is no keyword",
            ),
            ("  - MUST: open\n", "line 3: a sentence comes first"),
        ];
        for (text, wanted) in cases {
            let told = mistake(&format!("{head}{text}"));
            assert!(told.contains(wanted), "{told}");
        }
    }

    #[test]
    fn a_keyword_within_a_word_is_none() {
        assert_eq!(
            keywords_of("MUSTARD, \"MUST\" and MAYBE; NOT MUST"),
            ["MUST", "MUST"]
        );
    }
}
