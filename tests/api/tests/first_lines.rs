//! Each source file says in its first line what is in it.

use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn each_file_begins_with_what_is_in_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = Vec::new();
    for crates in ["harness", "tests"] {
        take(&root.join(crates), &mut files);
    }
    assert!(files.len() > 900, "only {} files were found", files.len());
    files.retain(|file| {
        let text = fs::read_to_string(file).expect("a source is text");
        !text.starts_with("//! ")
    });
    assert!(files.is_empty(), "these say nothing: {files:#?}");
}

/// Adds the Rust files in a folder and below it.
fn take(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry of the folder").path();
        if path.is_dir() {
            if path.file_name().is_some_and(|it| it != "target") {
                take(&path, files);
            }
        } else if path.extension().is_some_and(|it| it == "rs") {
            files.push(path);
        }
    }
}
