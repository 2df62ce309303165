//! Finds scenarios by name or by path. A name is searched in the course (the folder
//! `scenarios` here or above), then in the lab's own copies of the course and of the
//! scenarios with programs, then among the sweeps (the folder `sweeps`, and the lab's own
//! copies).

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use scenario::{Diagnostic, FileError, Scenario};

use super::console;
use super::given::Setting;

include!(concat!(env!("OUT_DIR"), "/inside.rs"));
include!(concat!(env!("OUT_DIR"), "/sweeps.rs"));
include!(concat!(env!("OUT_DIR"), "/programs.rs"));

/// The place of a scenario's text.
enum Origin {
    /// A file.
    File(PathBuf),
    /// The lab itself: the name and the text.
    Inside(&'static str, &'static str),
}

impl Origin {
    fn name(&self) -> Cow<'_, str> {
        match self {
            Self::File(path) => path.file_stem().unwrap_or_default().to_string_lossy(),
            Self::Inside(name, _) => Cow::Borrowed(name),
        }
    }
}

/// A scenario and its text.
pub(crate) struct Loaded {
    /// File of the scenario; for a scenario inside the lab its name. Both can be given on the
    /// command line again.
    pub(crate) path: PathBuf,
    pub(crate) name: String,
    pub(crate) source: String,
    pub(crate) scenario: Scenario,
}

/// The mistakes in a scenario file.
pub(crate) struct Mistakes {
    pub(crate) path: PathBuf,
    pub(crate) source: String,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// The scenarios that were found.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) loaded: Vec<Loaded>,
    pub(crate) mistakes: Vec<Mistakes>,
    /// Messages about unreadable files and unknown names.
    pub(crate) missing: Vec<String>,
}

impl Found {
    /// Prints all mistakes. Returns whether there were any.
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

/// Loads the scenarios in the order of `wanted`. Each item is `all`, a name, or a path.
pub(crate) fn load(wanted: &[String]) -> Found {
    load_with(wanted, &[])
}

/// As [`load`], with values for the parameters of each scenario.
pub(crate) fn load_with(wanted: &[String], set: &[Setting]) -> Found {
    let chosen: BTreeMap<String, String> = set
        .iter()
        .map(|it| (it.name.clone(), it.value.clone()))
        .collect();
    let mut found = Found::default();
    for name in wanted {
        match places_of(name) {
            Ok(places) => places
                .into_iter()
                .for_each(|place| add(&mut found, place, &chosen)),
            Err(missing) => found.missing.push(missing),
        }
    }
    found
}

/// The scenarios of the course, in its order: those of the folder `scenarios`, or else
/// those inside the lab. Further files of that folder follow.
fn course() -> Result<Vec<Origin>, String> {
    let mut places: Vec<Origin> = match folder("scenarios") {
        Some(folder) => {
            let files = scenarios_in(&folder)?;
            files.into_iter().map(Origin::File).collect()
        }
        None => inside().collect(),
    };
    places.sort_by_cached_key(|place| {
        let name = place.name().into_owned();
        (course::rank(&name), name)
    });
    Ok(places)
}

fn inside() -> impl Iterator<Item = Origin> {
    let all = INSIDE.iter();
    all.map(|(name, text)| Origin::Inside(name, text))
}

/// Scenarios with parameters: those of the folder `sweeps`, and those inside the lab.
fn sweeps() -> Result<impl Iterator<Item = Origin>, String> {
    let files = match folder("sweeps") {
        Some(folder) => scenarios_in(&folder)?,
        None => Vec::new(),
    };
    let inside = SWEEPS.iter().map(|(name, text)| Origin::Inside(name, text));
    Ok(files.into_iter().map(Origin::File).chain(inside))
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

fn places_of(name: &str) -> Result<Vec<Origin>, String> {
    if name == "all" {
        return course();
    }
    let path = Path::new(name);
    if path.components().count() > 1 || path.extension().is_some() {
        return Ok(vec![Origin::File(path.to_owned())]);
    }
    let with_programs = PROGRAMS
        .iter()
        .map(|(name, text)| Origin::Inside(name, text));
    let lessons = course()?.into_iter().chain(inside()).chain(with_programs);
    let mut known: Vec<Origin> = lessons.chain(sweeps()?).collect();
    if let Some(index) = known.iter().position(|place| place.name() == name) {
        return Ok(vec![known.swap_remove(index)]);
    }
    let names: Vec<String> = known.iter().map(|it| it.name().into_owned()).collect();
    Err(format!(
        "no scenario is called `{name}`; {}",
        hint(name, &names).unwrap_or("`sctp-lab list` shows those there are".to_owned())
    ))
}

/// Prints an error if scenarios share a name, and so would share `what`. Returns whether
/// any scenarios do.
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

/// The most similar name, if there is one.
pub(crate) fn hint(name: &str, names: &[String]) -> Option<String> {
    names
        .iter()
        .map(|known| (strsim::damerau_levenshtein(name, known), known))
        .min()
        .filter(|(distance, _)| *distance <= name.len() / 3 + 1)
        .map(|(_, near)| format!("did you mean `{near}`?"))
}

fn add(found: &mut Found, place: Origin, chosen: &BTreeMap<String, String>) {
    let (path, read) = match place {
        Origin::File(path) => {
            let read = scenario::parse_file_with(&path, chosen);
            (path, read)
        }
        Origin::Inside(name, text) => {
            let path = PathBuf::from(name);
            let (parsed, text) = scenario::parse_with(name, text, chosen);
            let read = match parsed {
                Ok(scenario) => Ok((scenario, text)),
                Err(diagnostics) => Err(FileError::Wrong {
                    path: name.to_owned(),
                    source_text: text,
                    diagnostics,
                }),
            };
            (path, read)
        }
    };
    match read {
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

/// The folder with this name here or in a parent folder.
pub(crate) fn folder(name: &str) -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    here.ancestors()
        .map(|folder| folder.join(name))
        .find(|folder| folder.is_dir())
}
