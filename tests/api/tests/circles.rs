//! No circles inside a crate: what a module imports stands below it. The modules are those
//! that the crate's root declares, each with all that is in its folder.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// By module: the modules that it imports, and a file that does.
type Imports = BTreeMap<String, BTreeMap<String, PathBuf>>;

#[test]
fn no_module_stands_on_one_that_stands_on_it() {
    let harness = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../harness");
    let mut circles = Vec::new();
    let mut seen = 0;
    for folder in fs::read_dir(harness).unwrap() {
        let source = folder.unwrap().path().join("src");
        let imports = imports_of(&source);
        seen += imports.len();
        circles.extend(circle_in(&imports).map(|it| format!("{}: {it}", source.display())));
    }
    assert!(seen > 200, "only {seen} modules were found");
    assert!(circles.is_empty(), "{}", circles.join("\n"));
}

#[test]
fn a_circle_is_found() {
    let texts = [
        ("low.rs", "pub struct Low;\n"),
        ("middle/mod.rs", "mod part;\nuse crate::low::Low;\n"),
        ("middle/part.rs", "use super::super::{low::Low, high};\n"),
        (
            "high.rs",
            "// use crate::nothing;\nuse super::middle::{self, Part};\n",
        ),
    ];
    let mut imports = Imports::new();
    for (file, text) in texts {
        note(&mut imports, Path::new(file), text);
    }
    let circle = circle_in(&imports).unwrap();
    assert_eq!(circle, "high -> middle (high.rs) -> high (middle/part.rs)");
    imports.remove("high");
    assert_eq!(circle_in(&imports), None);
}

fn imports_of(source: &Path) -> Imports {
    let mut imports = Imports::new();
    for path in api::sources(source).expect("a folder of sources") {
        let file = path.strip_prefix(source).expect("it lies there");
        let text = fs::read_to_string(&path).expect("a source is text");
        note(&mut imports, file, &text);
    }
    imports
}

/// Notes what a file imports from its crate. The root imports from everywhere, and tests
/// may: both are left out.
fn note(imports: &mut Imports, file: &Path, text: &str) {
    let mut modules: Vec<String> = file
        .with_extension("")
        .iter()
        .map(|it| it.to_string_lossy().into_owned())
        .collect();
    modules.pop_if(|last| last == "mod");
    let is_root = modules == ["lib"] || modules == ["main"];
    if is_root || modules.iter().any(|it| it == "tests") {
        return;
    }
    let own = &modules[0];
    let of_this = imports.entry(own.clone()).or_default();
    let root = "super::".repeat(modules.len());
    for found in paths(text, "crate::").chain(paths(text, &root)) {
        if found != *own {
            of_this.entry(found).or_insert_with(|| file.to_owned());
        }
    }
}

/// The first parts of the paths in a text that begin with `root`.
fn paths<'t>(text: &'t str, root: &'t str) -> impl Iterator<Item = String> + 't {
    let text = text
        .split("#[cfg(test)]\nmod tests")
        .next()
        .unwrap_or_default();
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let code: String = lines.flat_map(|line| [line, "\n"]).collect();
    let starts: Vec<usize> = code
        .match_indices(root)
        .filter(|(at, _)| {
            let before = code[..*at].chars().next_back();
            !before.is_some_and(|it| it == ':' || it == '_' || it == '$' || it.is_alphanumeric())
        })
        .map(|(at, _)| at + root.len())
        .collect();
    starts.into_iter().flat_map(move |at| firsts(&code[at..]))
}

/// The first part of each path in `a::b` or `{a::b, c}`.
fn firsts(rest: &str) -> Vec<String> {
    let word = |text: &str| -> String {
        let is_part = |it: &char| it.is_alphanumeric() || *it == '_';
        text.trim_start().chars().take_while(is_part).collect()
    };
    let Some(group) = rest.strip_prefix('{') else {
        return vec![word(rest)];
    };
    let (mut depth, mut start, mut found) = (0_usize, 0, Vec::new());
    for (at, sign) in group.char_indices() {
        match sign {
            '{' => depth += 1,
            '}' if depth == 0 => {
                found.push(word(&group[start..at]));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                found.push(word(&group[start..at]));
                start = at + 1;
            }
            _ => {}
        }
    }
    found
}

/// A circle, if there is one: module, and by which file it goes on to the next.
fn circle_in(imports: &Imports) -> Option<String> {
    imports.keys().find_map(|module| {
        let mut way = vec![module.as_str()];
        back_to(module, module, imports, &mut way, &mut BTreeSet::new()).then(|| {
            let steps = way.windows(2).map(|pair| {
                let file = imports[pair[0]][pair[1]].display();
                format!(" -> {} ({file})", pair[1])
            });
            format!("{module}{}", steps.collect::<String>())
        })
    })
}

/// Whether a way leads from `at` to `goal`; it is then in `way`.
fn back_to<'i>(
    goal: &str,
    at: &str,
    imports: &'i Imports,
    way: &mut Vec<&'i str>,
    tried: &mut BTreeSet<&'i str>,
) -> bool {
    for next in imports.get(at).into_iter().flat_map(BTreeMap::keys) {
        if next != goal && (!imports.contains_key(next) || !tried.insert(next)) {
            continue;
        }
        way.push(next);
        if next == goal || back_to(goal, next, imports, way, tried) {
            return true;
        }
        way.pop();
    }
    false
}
