//! The public items of the published crates, as rustdoc sees them.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use public_api::Builder;

/// The format of rustdoc's JSON that is read here.
const FORMAT: u32 = 57;

/// Why the public items cannot be listed.
#[derive(Debug)]
pub enum Lack {
    /// This toolchain writes another format of JSON.
    Format(String),
    /// The crate cannot be documented.
    Failed(String),
}

/// The Rust files in a folder and below it, but for what cargo built.
///
/// # Errors
///
/// A folder cannot be read.
pub fn sources(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                let is_built = path.file_name().is_some_and(|it| it == "target");
                folders.extend((!is_built).then_some(path));
            } else if path.extension().is_some_and(|it| it == "rs") {
                files.push(path);
            }
        }
    }
    Ok(files)
}

/// All that others can use of a package with all its features, one line an item, in
/// order. `target` is the folder of one target that cargo builds into.
///
/// What follows from the rest is left out: blanket implementations, the methods of
/// derived ones, and `Send` and its like where a type has them.
///
/// # Errors
///
/// [`Lack`].
pub fn of(package: &str, target: &Path) -> Result<Vec<String>, Lack> {
    document(package)?;
    let json = target
        .join("doc")
        .join(package.replace('-', "_"))
        .with_extension("json");
    let text = fs::read_to_string(&json).map_err(|error| failed(&json, error))?;
    if !text.contains(&format!("\"format_version\":{FORMAT},"))
        && !text.ends_with(&format!("\"format_version\":{FORMAT}}}"))
    {
        return Err(Lack::Format(format!(
            "rustdoc of this toolchain writes another format of JSON than {FORMAT}, which \
             public-api 0.52.0 reads: take the version of it in tests/api/Cargo.toml that reads \
             the new one"
        )));
    }
    let interface = Builder::from_rustdoc_json(&json)
        .omit_blanket_impls(true)
        .build()
        .map_err(|error| failed(&json, error))?;
    let lines = interface.items().map(ToString::to_string);
    Ok(lines.filter(|line| !follows(line)).collect())
}

/// Has rustdoc write JSON.
fn document(package: &str) -> Result<(), Lack> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let rustdoc = Path::new(env!("CARGO_MANIFEST_DIR")).join("rustdoc");
    let done = Command::new(cargo)
        .args(["rustdoc", "--quiet", "--lib", "--all-features", "--package"])
        .arg(package)
        .args(["--", "-Z", "unstable-options", "--output-format", "json"])
        .args(["--cap-lints", "allow"])
        .env("RUSTDOC", rustdoc)
        .output()
        .map_err(|error| Lack::Failed(format!("cargo rustdoc: {error}")))?;
    match done.status.success() {
        true => Ok(()),
        false => Err(Lack::Failed(format!(
            "cargo rustdoc --package {package}: {}\n{}",
            done.status,
            String::from_utf8_lossy(&done.stderr)
        ))),
    }
}

fn failed(json: &Path, error: impl ToString) -> Lack {
    Lack::Failed(format!("{}: {}", json.display(), error.to_string()))
}

/// Whether an item follows from another one, and says nothing new.
fn follows(line: &str) -> bool {
    const DERIVED: &[&str] = &["clone", "cmp", "eq", "fmt", "hash", "partial_cmp"];
    const AUTOMATIC: &[&str] = &["core::marker::", "core::panic::unwind_safe::"];
    let is_method = || {
        let (path, _) = line.strip_prefix("pub fn ")?.split_once('(')?;
        let (_, name) = path.rsplit_once("::")?;
        Some(DERIVED.contains(&name.split('<').next()?))
    };
    let is_automatic = |of: &&str| {
        let rest = line.strip_prefix("impl").unwrap_or_default();
        let rest = rest.split_once(' ').map_or("", |(_, rest)| rest);
        rest.strip_prefix(*of)
            .is_some_and(|it| !it.starts_with("Copy ") && !it.starts_with("StructuralPartialEq "))
    };
    is_method().unwrap_or(false) || AUTOMATIC.iter().any(is_automatic)
}
