//! Malformed files: each is refused with its place, and none costs more time than its
//! length justifies.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use std::io::Write;

use document::diagnostic::{Diagnostic, Problems};
use document::yaml::{Genre, Node, Value, load};
use document::{FileError, read_file};

const GENRE: Genre = Genre {
    one: "recipe",
    many: "recipes",
    beginning: "begin with `title: …`",
    largest: 4096,
};

/// The tree, and each mistake as `line:column message`.
fn loaded(source: &str) -> (Option<Node>, Vec<String>) {
    let mut problems = Problems::new(source);
    let node = load(source, &GENRE, &mut problems);
    let shown = |it: Diagnostic| format!("{}:{} {}", it.line, it.column, it.message);
    (node, problems.sorted().into_iter().map(shown).collect())
}

#[track_caller]
fn refused(source: &str, mistakes: &[&str]) {
    let (node, found) = loaded(source);
    assert_eq!(found, mistakes);
    assert!(node.is_none(), "{node:?}");
}

#[test]
fn scalars_stay_as_they_are_written() {
    let (node, mistakes) = loaded("a: 010\nb: on\nc: 1e3\nd: ~\n");
    assert_eq!(mistakes, [""; 0]);
    let Value::Map(entries) = node.unwrap().value else {
        panic!("it is a map");
    };
    let entries = entries.iter().map(|(key, node)| match &node.value {
        Value::Scalar(text) => (key.value.as_str(), text.as_str()),
        other => panic!("{other:?}"),
    });
    let entries: Vec<_> = entries.collect();
    assert_eq!(
        entries,
        [("a", "010"), ("b", "on"), ("c", "1e3"), ("d", "~")]
    );
}

#[test]
fn every_key_and_value_knows_its_bytes() {
    let source = "grüße: [eins, {zwei: drei}]\n";
    let (node, _) = loaded(source);
    let Value::Map(entries) = node.unwrap().value else {
        panic!("it is a map");
    };
    let (key, list) = &entries[0];
    assert_eq!(&source[key.span.start..key.span.end], "grüße");
    let Value::List(items) = &list.value else {
        panic!("it is a list");
    };
    let text = |node: &Node| source[node.span.start..node.span.end].to_owned();
    assert_eq!(text(&items[0]), "eins");
    assert_eq!(text(&items[1]), "{zwei: drei}");
}

/// Columns count characters, not bytes: that is what an editor shows.
#[test]
fn places_count_characters() {
    let (_, mistakes) = loaded("übung: 1\nä: {ö: 1, ö: 2}\n");
    assert_eq!(mistakes, ["2:11 `ö` is given twice"]);
}

/// Otherwise the last of two equal keys would win silently, and the test would not be the
/// one that the reader sees.
#[test]
fn a_key_that_is_given_twice_is_a_mistake_and_the_first_one_counts() {
    let (node, mistakes) = loaded("a: 1\nb: 2\na: 3\n");
    assert_eq!(mistakes, ["3:1 `a` is given twice"]);
    let Value::Map(entries) = node.unwrap().value else {
        panic!("it is a map");
    };
    assert_eq!(entries.len(), 2);
    assert!(matches!(&entries[0].1.value, Value::Scalar(text) if text == "1"));
}

/// A few lines of aliases can stand for a terabyte.
#[test]
fn aliases_anchors_and_tags_are_refused() {
    refused(
        "a: &x [1, 1]\nb: [*x, *x]\n",
        &[
            "1:4 anchors are not used in recipes",
            "2:5 aliases are not used in recipes",
            "2:9 aliases are not used in recipes",
        ],
    );
    let (node, mistakes) = loaded("a: !!binary aGVsbG8=\n");
    assert_eq!(mistakes, ["1:13 tags are not used in recipes"]);
    assert!(node.is_some());
}

#[test]
fn what_nests_too_deeply_is_refused_and_no_stack_overflows() {
    let deep = "[".repeat(2000);
    let (node, mistakes) = loaded(&deep);
    assert!(node.is_none());
    assert!(
        mistakes[0].ends_with("this nests too deeply for a recipe"),
        "{mistakes:?}"
    );
    let fine = format!("a: {}1{}\n", "[".repeat(20), "]".repeat(20));
    assert_eq!(loaded(&fine).1, [""; 0]);
}

#[test]
fn what_is_too_large_is_not_even_parsed() {
    let largest = format!("a: {}\n", "x".repeat(GENRE.largest - 4));
    assert_eq!(loaded(&largest).1, [""; 0]);
    refused(
        &format!("{largest}["),
        &["1:1 this file is too large for a recipe"],
    );
}

#[test]
fn a_file_is_one_document_and_not_empty() {
    let (node, mistakes) = loaded("a: 1\n---\nb: 2\n");
    assert_eq!(mistakes, ["3:1 a second document"]);
    assert!(node.is_some());
    for empty in ["", "# nothing but this\n"] {
        let (node, mistakes) = loaded(empty);
        assert!(node.is_none());
        assert_eq!(mistakes, ["1:1 the file is empty"]);
    }
}

#[test]
fn what_is_no_yaml_is_told_where_it_stops_being_it() {
    let (node, mistakes) = loaded("a: 1\nb: [1, 2\nc: 3\n");
    assert!(node.is_none());
    assert_eq!(mistakes.len(), 1);
    assert!(mistakes[0].contains(" this is not YAML: "), "{mistakes:?}");
    assert!(!mistakes[0].starts_with("1:"), "{mistakes:?}");
}

/// The number of messages about a file of random bytes is limited.
#[test]
fn there_is_an_end_of_mistakes() {
    let source: String = (0..800).map(|_| "a: 1\n").collect();
    assert!(source.len() <= GENRE.largest);
    assert_eq!(loaded(&source).1.len(), 200);
}

fn read(bytes: &[u8]) -> Result<(usize, String), FileError> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    read_file(file.path(), |text| Ok(text.len()))
}

#[test]
fn a_file_that_is_not_utf_8_is_told_with_the_byte() {
    let Err(FileError::Wrong { diagnostics, .. }) = read(b"a: 1\nb: \xff\n") else {
        panic!("it is no text");
    };
    let [mistake] = diagnostics.as_slice() else {
        panic!("{diagnostics:?}");
    };
    assert_eq!((mistake.line, mistake.column), (2, 4));
    assert_eq!(mistake.message, "this is not text in UTF-8");
    assert_eq!(read(b"a: 1\n").unwrap(), (5, "a: 1\n".to_owned()));
}

/// A file without an end, such as `/dev/zero`, or a log instead of a scenario.
#[test]
fn a_file_without_an_end_is_not_read_to_it() {
    let largest = vec![b' '; 4 << 20];
    assert_eq!(read(&largest).unwrap().0, 4 << 20);
    let Err(FileError::Unreadable { source, .. }) = read(&[&largest[..], b" "].concat()) else {
        panic!("it is too long");
    };
    assert_eq!(source.to_string(), "it has more than 4 MiB");
}
