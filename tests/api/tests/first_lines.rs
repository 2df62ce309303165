//! Each source file says in its first line what is in it.

use std::fs;
use std::path::Path;

#[test]
fn each_file_begins_with_what_is_in_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = Vec::new();
    for crates in ["harness", "tests"] {
        files.extend(api::sources(&root.join(crates)).unwrap());
    }
    assert!(files.len() > 900, "only {} files were found", files.len());
    files.retain(|file| {
        let text = fs::read_to_string(file).expect("a source is text");
        !text.starts_with("//! ")
    });
    assert!(files.is_empty(), "these say nothing: {files:#?}");
}
