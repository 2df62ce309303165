//! Reads the scenarios of the repository, and compares its generated pages.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use scenario::Scenario;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub(crate) fn scenarios_in(folder: &str) -> BTreeMap<String, Scenario> {
    let entries = fs::read_dir(repository().join(folder)).expect("it is there");
    let paths = entries.map(|entry| entry.expect("it can be listed").path());
    paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        .map(|path| scenario::parse_file(&path).expect("it is a good one").0)
        .map(|scenario| (scenario.name.clone(), scenario))
        .collect()
}

#[allow(dead_code, reason = "not every test reads a file as it is")]
pub(crate) fn read(file: &str) -> String {
    fs::read_to_string(repository().join(file)).expect("it is there")
}

pub(crate) fn assert_fresh(file: &str, wanted: &str) {
    let path = repository().join(file);
    if std::env::var_os("UPDATE_GENERATED").is_some() {
        fs::write(&path, wanted).expect("the file can be written");
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == wanted,
        "{file} is out of date: run `UPDATE_GENERATED=1 cargo test -p course`"
    );
}
