//! The files generated from the types, which the repository keeps, are up to date.
//! `UPDATE_GENERATED=1 cargo test -p scenario` writes them anew.

use std::path::Path;

fn assert_fresh(file: &str, wanted: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(file);
    if std::env::var_os("UPDATE_GENERATED").is_some() {
        std::fs::write(&path, wanted).expect("the file can be written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == wanted,
        "{file} is out of date: run `UPDATE_GENERATED=1 cargo test -p scenario`"
    );
}

#[test]
fn the_schema_is() {
    assert_fresh("schema/scenario.schema.json", &scenario::schema());
}

#[test]
fn the_reference_of_the_language_is() {
    let file = "docs/scenario-language.md";
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(file);
    let kept = std::fs::read_to_string(path).expect("the file is there");
    let mark = "<!-- generated from the types from here on -->\n";
    let (written, _) = kept.split_once(mark).expect("the mark is there");
    assert_fresh(file, &format!("{written}{mark}\n{}", scenario::reference()));
}
