//! Where scenarios are found: by the name of one of the course, or by path.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use scenario::{Diagnostic, FileError, Scenario};

use super::console;
use super::given::Setting;

/// A scenario and the text that it was made from.
pub(crate) struct Loaded {
    pub(crate) path: PathBuf,
    pub(crate) name: String,
    pub(crate) source: String,
    pub(crate) scenario: Scenario,
}

/// What is wrong with a scenario file.
pub(crate) struct Mistakes {
    pub(crate) path: PathBuf,
    pub(crate) source: String,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// What came of looking for scenarios.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) loaded: Vec<Loaded>,
    pub(crate) mistakes: Vec<Mistakes>,
    /// Files that could not be read, names that mean nothing.
    pub(crate) missing: Vec<String>,
}

impl Found {
    /// Tells of everything that is wrong. Whether anything was.
    pub(crate) fn complain(&self) -> bool {
        for missing in &self.missing {
            console::error(missing);
        }
        for wrong in &self.mistakes {
            let name = wrong.path.display().to_string();
            console::mistakes(&wrong.diagnostics, &name, &wrong.source);
        }
        !self.missing.is_empty() || !self.mistakes.is_empty()
    }
}

/// Loads the scenarios that `wanted` names, in its order: `all`, names of the
/// course, paths.
pub(crate) fn load(wanted: &[String]) -> Found {
    load_with(wanted, &[])
}

/// The same, with values for parameters that each of them has.
pub(crate) fn load_with(wanted: &[String], set: &[Setting]) -> Found {
    let chosen: BTreeMap<String, String> = set
        .iter()
        .map(|it| (it.name.clone(), it.value.clone()))
        .collect();
    let mut found = Found::default();
    for name in wanted {
        match paths_of(name) {
            Ok(paths) => paths
                .into_iter()
                .for_each(|path| add(&mut found, path, &chosen)),
            Err(missing) => found.missing.push(missing),
        }
    }
    found
}

/// The scenarios of the course, in the order of their names.
pub(crate) fn course() -> Result<Vec<PathBuf>, String> {
    let folder = folder("scenarios").ok_or(
        "there is no folder `scenarios` here or in a folder above, which has the course: go \
         into a clone of sctp-lab's repository, or name a scenario file by its path",
    )?;
    scenarios_in(&folder)
}

/// The scenario files in a folder, in the order of their names.
pub(crate) fn scenarios_in(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .collect();
    paths.sort();
    Ok(paths)
}

fn paths_of(name: &str) -> Result<Vec<PathBuf>, String> {
    if name == "all" {
        return course();
    }
    let path = Path::new(name);
    if path.components().count() > 1 || path.extension().is_some() {
        return Ok(vec![path.to_owned()]);
    }
    let course = course()?;
    let stem = |path: &Path| {
        path.file_stem()
            .map(|stem| stem.to_string_lossy().into_owned())
    };
    if let Some(path) = course
        .iter()
        .find(|path| stem(path).as_deref() == Some(name))
    {
        return Ok(vec![path.clone()]);
    }
    let names: Vec<String> = course.iter().filter_map(|path| stem(path)).collect();
    Err(format!(
        "no scenario is called `{name}`; {}",
        hint(name, &names).unwrap_or("`sctp-lab list` shows those there are".to_owned())
    ))
}

/// Complains of scenarios that share a name, and so what is called by it, here.
/// Whether there were any.
pub(crate) fn complain_of_namesakes(loaded: &[Loaded], what: &str) -> bool {
    let mut files: BTreeMap<&str, &Path> = BTreeMap::new();
    let mut namesakes = 0;
    for it in loaded {
        let Some(other) = files.insert(&it.name, &it.path) else {
            continue;
        };
        namesakes += 1;
        let one = it.path.display();
        if it.path == other {
            console::error(&format!("{one} is named twice"));
        } else {
            console::error(&format!(
                "{} and {one} are both called `{}`, and would have one {what}: rename one",
                other.display(),
                it.name
            ));
        }
    }
    namesakes > 0
}

/// The name that somebody may have meant, if there is one like it.
pub(crate) fn hint(name: &str, names: &[String]) -> Option<String> {
    names
        .iter()
        .map(|known| (strsim::damerau_levenshtein(name, known), known))
        .min()
        .filter(|(distance, _)| *distance <= name.len() / 3 + 1)
        .map(|(_, near)| format!("did you mean `{near}`?"))
}

fn add(found: &mut Found, path: PathBuf, chosen: &BTreeMap<String, String>) {
    match scenario::parse_file_with(&path, chosen) {
        Ok((scenario, source)) => found.loaded.push(Loaded {
            name: scenario.name.clone(),
            path,
            source,
            scenario,
        }),
        Err(FileError::Unreadable { source, .. }) => {
            found.missing.push(format!("{}: {source}", path.display()));
        }
        Err(FileError::Wrong {
            source_text,
            diagnostics,
            ..
        }) => found.mistakes.push(Mistakes {
            path,
            source: source_text,
            diagnostics,
        }),
    }
}

/// The folder of that name here or in a folder above.
pub(crate) fn folder(name: &str) -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    here.ancestors()
        .map(|folder| folder.join(name))
        .find(|folder| folder.is_dir())
}
