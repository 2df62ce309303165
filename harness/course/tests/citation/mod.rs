//! Citations of sections, as texts write them: `9260#8.3`, `RFC 9260, 8.3 and 8.4`, `RFC
//! 9260 section 8.3`, and `section 8.3` where the text says elsewhere of which RFC.

use std::fs;
use std::path::{Path, PathBuf};

use scenario::RfcSection;

/// The texts with that ending in a folder and below it, by their paths in the repository.
pub(crate) fn texts_in(folder: &str, ending: &str) -> Vec<(PathBuf, String)> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(repository.join(&folder)).expect("it is there");
        for entry in entries {
            let entry = entry.expect("it can be listed");
            let path = folder.join(entry.file_name());
            if entry.path().is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == ending) {
                let text = fs::read_to_string(entry.path()).expect("it can be read");
                found.push((path, text));
            }
        }
    }
    found.sort();
    found
}

/// The sections that a text cites with their RFC.
pub(crate) fn cited(text: &str) -> Vec<RfcSection> {
    let text = joined(text);
    let mut found = Vec::new();
    for (at, mark) in text.match_indices("RFC ") {
        let Some((rfc, rest)) = number(&text[at + mark.len()..]) else {
            continue;
        };
        let list = match rest.strip_prefix(',') {
            Some(rest) => after_the_word(rest).or(rest.strip_prefix(' ')),
            None => after_the_word(rest),
        };
        let sections = list.map(sections).unwrap_or_default();
        found.extend(sections.into_iter().map(|it| of(rfc, it)));
    }
    for (at, mark) in text.match_indices('#') {
        let before = &text[..at];
        let others = before.trim_end_matches(|it: char| it.is_ascii_digit());
        if before.len() - others.len() == 4
            && let Ok(rfc) = before[others.len()..].parse()
            && let Some((section, _)) = section(&text[at + mark.len()..])
        {
            found.push(of(rfc, section));
        }
    }
    found
}

fn of(rfc: u16, section: String) -> RfcSection {
    let section = Some(section);
    RfcSection { rfc, section }
}

/// The sections that a text cites without an RFC.
pub(crate) fn of_sections(text: &str) -> Vec<String> {
    let text = joined(text);
    let mut found = Vec::new();
    for (at, _) in text.match_indices("section") {
        // Behind the number of an RFC, the section is of that RFC.
        let before = text[..at].trim_end();
        if !before.ends_with(|it: char| it.is_ascii_digit() || it == ',') {
            let list = after_the_word(&format!(" {}", &text[at..])).map(sections);
            found.extend(list.unwrap_or_default());
        }
    }
    found
}

/// A key that sorts sections in the order of their RFC.
pub(crate) fn place(section: &RfcSection) -> Vec<(bool, u32)> {
    let parts = section.section.as_deref().unwrap_or_default().split('.');
    let part = |it: &str| {
        let letter = it.chars().next().map_or(0, u32::from);
        it.parse().map_or((true, letter), |number| (false, number))
    };
    parts.map(part).collect()
}

/// The text as one line, without the marks of comments.
fn joined(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let line = line.trim();
        line.trim_start_matches(['/', '!', '#', '*']).trim()
    });
    lines.collect::<Vec<_>>().join(" ")
}

/// What stands behind ` section `.
fn after_the_word(text: &str) -> Option<&str> {
    let words = [" section ", " sections ", " Section ", " appendix "];
    words.iter().find_map(|word| text.strip_prefix(word))
}

fn number(text: &str) -> Option<(u16, &str)> {
    let end = text
        .find(|it: char| !it.is_ascii_digit())
        .unwrap_or(text.len());
    Some((text[..end].parse().ok()?, &text[end..]))
}

/// The sections in a list such as `5.1, 6.2 and 8.3`.
fn sections(mut text: &str) -> Vec<String> {
    let mut found = Vec::new();
    while let Some((section, rest)) = section(text) {
        found.push(section);
        let next = [", and ", ", ", " and ", " to "];
        match next.iter().find_map(|it| rest.strip_prefix(it)) {
            Some(rest) => text = rest,
            None => break,
        }
    }
    found
}

/// The section at the beginning of a text, and the text behind it. A number of four digits
/// is an RFC, and a number with a unit behind it is a measure: neither is a section.
fn section(text: &str) -> Option<(String, &str)> {
    let is_part = |it: char| it.is_ascii_digit() || it == '.';
    let letter = text.strip_prefix(|it: char| it.is_ascii_uppercase());
    let rest = match letter {
        // A word, or a rule such as C5.
        Some(rest) if rest.starts_with(|it: char| it.is_alphanumeric()) => return None,
        Some(rest) => rest,
        None => text,
    };
    let end = rest.find(|it: char| !is_part(it)).unwrap_or(rest.len());
    let length = text.len() - rest.len() + end;
    let section = text[..length].trim_end_matches('.');
    let is_section = !section.is_empty() && !section.split('.').any(str::is_empty);
    let behind = &text[section.len()..];
    let is_rfc = section.len() == 4 && !section.contains('.');
    let is_measured = ["%", " s", " ms", " bytes", "-"]
        .iter()
        .any(|unit| behind.starts_with(unit));
    (is_section && !is_rfc && !is_measured).then(|| (section.to_owned(), behind))
}

#[test]
fn citations_are_found_as_texts_write_them() {
    let found = |text: &str| -> Vec<String> {
        let all = cited(text).into_iter();
        all.map(|it| format!("{}#{}", it.rfc, it.section.unwrap_or_default()))
            .collect()
    };
    assert_eq!(
        found("see RFC 9260, 5.1 and\n  //! 6.3.3."),
        ["9260#5.1", "9260#6.3.3"]
    );
    assert_eq!(found("RFC 9260 section 8.3"), ["9260#8.3"]);
    assert_eq!(
        found("rfc: [6458#6.1.2, 9260#5.4]"),
        ["6458#6.1.2", "9260#5.4"]
    );
    assert_eq!(found("(RFC 4960 appendix A)"), ["4960#A"]);
    assert!(found("RFC 9260 recommends 1 s, RFC 6458, 6525 and 5061").is_empty());
    assert_eq!(found("RFC 5061, 5.1 and A7"), ["5061#5.1"]);
    assert_eq!(of_sections("address (section 6.4.1). One"), ["6.4.1"]);
    assert!(of_sections("RFC 9260 section 6.4.1").is_empty());
}
