//! The scenarios that come with the lab are good ones.

use std::path::{Path, PathBuf};

use scenario::{Action, FileError, Scenario, parse_file, render};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(name)
}

fn load(path: &Path) -> Scenario {
    match parse_file(path) {
        Ok(scenario) => scenario,
        Err(FileError::Wrong {
            path,
            source_text,
            diagnostics,
        }) => panic!("{}", render(&diagnostics, &path, &source_text, false)),
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn every_scenario_of_the_lab_is_right() {
    let files: Vec<PathBuf> = std::fs::read_dir(folder("scenarios"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        .collect();
    assert!(!files.is_empty());
    for file in files {
        let scenario = load(&file);
        assert!(!scenario.steps.is_empty(), "{}", scenario.name);
    }
}

#[test]
fn the_failover_reads_as_it_is_written() {
    let scenario = load(&folder("scenarios/multihoming-failover.yaml"));
    assert_eq!(scenario.name, "multihoming-failover");
    assert!(matches!(scenario.steps[0].action, Action::Connect(_)));
}
