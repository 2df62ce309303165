//! Tests that the generated schema of targets in the repository is up to date.
//! `UPDATE_GENERATED=1 cargo test -p hosts --test fresh` writes the schema anew.

use std::path::Path;

#[test]
fn the_schema_is() {
    let file = "schema/targets.schema.json";
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(file);
    let wanted = hosts::schema();
    if std::env::var_os("UPDATE_GENERATED").is_some() {
        std::fs::write(&path, &wanted).expect("the file can be written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == wanted,
        "{file} is out of date: run `UPDATE_GENERATED=1 cargo test -p hosts --test fresh`"
    );
}
