//! The corpora with which mutation begins.

use std::fs;
use std::io;
use std::path::Path;

use fuzzed::Target;

/// The inputs of a target by name: those in its corpus, and all lessons of the course for
/// the target `scenario`.
pub(crate) fn of(target: &Target) -> io::Result<Vec<(String, Vec<u8>)>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut inputs = in_folder(&root.join("fuzz/corpus").join(target.name))?;
    if target.name == "scenario" {
        inputs.extend(in_folder(&root.join("scenarios"))?);
    }
    match inputs.is_empty() {
        true => Err(io::Error::other(format!("{} has no corpus", target.name))),
        false => Ok(inputs),
    }
}

fn in_folder(folder: &Path) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut paths = fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<io::Result<Vec<_>>>()?;
    paths.retain(|path| path.is_file());
    paths.sort();
    paths
        .into_iter()
        .map(|path| Ok((path.display().to_string(), fs::read(&path)?)))
        .collect()
}
