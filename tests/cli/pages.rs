//! Tests the documentation: all pages are in the book, and all links work.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

use tests::{Lab, repository};

use crate::Body;

pub(crate) const ALL: &[(&str, Body)] = &[
    ("book-has-every-page", every_page),
    ("links-lead-somewhere", links),
    ("readme-is-short", short),
    ("contributing-shows-real-code", real_code),
];

/// The most lines of a README that is read to its end.
const MOST_LINES: usize = 110;

fn every_page(_lab: Lab) -> Result<(), String> {
    let pages = pages_in("docs")?;
    let there: BTreeSet<String> = pages
        .iter()
        .filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned()))
        .filter(|name| name != "SUMMARY.md")
        .collect();
    let summary = read(Path::new("docs/SUMMARY.md"))?;
    let listed: Vec<String> = links_of(&summary).map(str::to_owned).collect();
    let once: BTreeSet<String> = listed.iter().cloned().collect();
    assert_eq!(listed.len(), once.len(), "one is listed twice");
    assert_eq!(once, there);
    Ok(())
}

fn links(_lab: Lab) -> Result<(), String> {
    let mut pages = pages_in("")?;
    for folder in ["docs", "fuzz", "harness/socket"] {
        pages.extend(pages_in(folder)?);
    }
    let mut texts: BTreeMap<PathBuf, String> = BTreeMap::new();
    for page in &pages {
        texts.insert(page.clone(), read(page)?);
    }
    let mut checked = 0;
    let mut wrong = Vec::new();
    for (page, text) in &texts {
        let folder = page.parent().unwrap_or(Path::new(""));
        for link in links_of(text).filter(|link| !link.contains("://")) {
            checked += 1;
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = match file {
                "" => page.clone(),
                file => plain(&folder.join(file)),
            };
            let is_there = repository().join(&target).exists();
            let is_heading = anchor.is_empty()
                || texts
                    .get(&target)
                    .is_some_and(|text| anchors_of(text).contains(anchor));
            if !is_there || !is_heading {
                wrong.push(format!("{}: {link}", page.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "these lead nowhere: {wrong:#?}");
    assert!(checked > 100, "{checked} links were found");
    Ok(())
}

fn short(_lab: Lab) -> Result<(), String> {
    let lines = read(Path::new("README.md"))?.lines().count();
    assert!(lines <= MOST_LINES, "README.md has {lines} lines");
    Ok(())
}

/// The code that CONTRIBUTING.md shows stands in the file that it names.
fn real_code(_lab: Lab) -> Result<(), String> {
    let page = read(Path::new("CONTRIBUTING.md"))?;
    let mut shown = 0;
    for rest in page.split("<!-- from: ").skip(1) {
        let (file, rest) = rest
            .split_once(" -->\n```rust\n")
            .ok_or("a mark has no code")?;
        let (code, _) = rest.split_once("```").ok_or("the code does not end")?;
        assert!(
            read(Path::new(file))?.contains(code),
            "{file} has no\n{code}"
        );
        shown += 1;
    }
    assert!(shown > 0);
    Ok(())
}

/// The pages in a folder, by their paths in the repository.
fn pages_in(folder: &str) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(repository().join(folder)).map_err(|error| error.to_string())?;
    let mut pages: Vec<PathBuf> = entries
        .filter_map(|entry| Some(Path::new(folder).join(entry.ok()?.file_name())))
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    pages.sort();
    Ok(pages)
}

fn read(page: &Path) -> Result<String, String> {
    let text = fs::read_to_string(repository().join(page));
    text.map_err(|error| format!("{}: {error}", page.display()))
}

/// The targets of links and pictures, outside of code.
fn links_of(text: &str) -> impl Iterator<Item = &str> {
    prose(text).flat_map(|line| {
        let behind = line.split("](").skip(1);
        behind.filter_map(|rest| rest.split_once(')').map(|(link, _)| link))
    })
}

/// The anchors of the headings.
fn anchors_of(text: &str) -> BTreeSet<String> {
    let headings = prose(text).filter_map(|line| {
        let heading = line.trim_start_matches('#');
        (heading.len() < line.len()).then(|| heading.strip_prefix(' '))?
    });
    headings
        .map(|heading| {
            let letters = heading.trim().to_lowercase();
            let letters = letters
                .chars()
                .filter(|it| it.is_alphanumeric() || [' ', '-', '_'].contains(it));
            letters.map(|it| if it == ' ' { '-' } else { it }).collect()
        })
        .collect()
}

fn prose(text: &str) -> impl Iterator<Item = &str> {
    let mut is_code = false;
    text.lines().filter(move |line| {
        let is_fence = line.trim_start().starts_with("```");
        is_code ^= is_fence;
        !is_code && !is_fence
    })
}

/// The path with its `..` resolved.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}
