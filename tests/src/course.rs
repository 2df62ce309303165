//! The scenarios of the repository.

use std::fs;
use std::path::{Path, PathBuf};

use scenario::Scenario;

/// A scenario of the course.
#[derive(Clone, Debug)]
pub struct Lesson {
    /// The name of the file, without the ending.
    pub name: String,
    /// The file.
    pub path: PathBuf,
    /// The scenario in the file.
    pub scenario: Scenario,
}

/// The repository's topmost folder.
#[must_use]
pub fn repository() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// Every scenario of the course, in the order of their names.
///
/// # Panics
///
/// If there is no scenario, or one has mistakes.
#[must_use]
pub fn course() -> Vec<Lesson> {
    lessons_in("scenarios")
}

/// Every scenario in that folder of the repository, in the order of their names.
///
/// # Panics
///
/// If there is no scenario, or one has mistakes.
#[must_use]
pub fn lessons_in(folder: &str) -> Vec<Lesson> {
    let folder = repository().join(folder);
    let entries = fs::read_dir(&folder).expect("the repository has such a folder");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("it can be listed").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "{} is empty", folder.display());
    paths.into_iter().map(read).collect()
}

/// The scenario of that name.
///
/// # Panics
///
/// If there is no such scenario, or it has mistakes.
#[must_use]
pub fn lesson(name: &str) -> Lesson {
    read(repository().join(format!("scenarios/{name}.yaml")))
}

fn read(path: PathBuf) -> Lesson {
    let scenario = scenario::parse_file(&path)
        .map(|(scenario, _)| scenario)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let name = path
        .file_stem()
        .expect("it has an ending")
        .to_string_lossy();
    Lesson {
        name: name.into_owned(),
        path,
        scenario,
    }
}
