//! Compares every packet of a run, by digests that are kept for each kernel.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use recording::Recording;
use report::{exact_digest, exact_snapshot};

use super::course::repository;

/// `SCTP_LAB_EXACT=record` keeps the digests of runs on the kernel that is used.
const VARIABLE: &str = "SCTP_LAB_EXACT";

/// Stands in place of the digest of a scenario whose packets differ with another seed or
/// another build of the lab.
const VARIES: &str = "varies";

/// One test at a time adds to a file.
static RECORDING: Mutex<()> = Mutex::new(());

/// Whether there are exact snapshots for the kernel on which a recording was made.
///
/// # Errors
///
/// If there are none: why, and the command that makes them.
pub fn has_exact(recording: &Recording) -> Result<(), String> {
    let kernel = &recording.info.kernel;
    let digests = read(&file_of(kernel));
    match is_recording() || digests.values().any(|it| it != VARIES) {
        true => Ok(()),
        false => Err(format!(
            "no exact snapshots of {kernel}: `{VARIABLE}=record cargo test -p tests \
             --test scenarios vm::` records them, and once more with `-- --ignored \
             soak::eight-seeds` finds those that hang on chance"
        )),
    }
}

/// Compares every packet of a run in the `vm` engine with the runs before on that kernel,
/// by a digest. Where the digest differs, the whole snapshot is written into
/// `target/exact`.
///
/// Nothing is compared with another seed, where the machine was too busy for an exact run,
/// on a kernel without exact snapshots ([`has_exact`] tells), or for a scenario that depends
/// on chance. Recording again with other seeds finds these scenarios.
///
/// # Errors
///
/// If the digest differs, or the kernel's snapshots have none for this run.
pub fn assert_exact(name: &str, recording: &Recording) -> Result<(), String> {
    let is_exact = recording.info.exact != Some(false);
    if !is_exact || (recording.info.seed.is_some() && !is_recording()) {
        return Ok(());
    }
    let file = file_of(&recording.info.kernel);
    let snapshot = exact_snapshot(recording);
    let digest = exact_digest(&snapshot);
    if is_recording() {
        let _one = RECORDING.lock().unwrap_or_else(PoisonError::into_inner);
        let mut digests = read(&file);
        let known = digests.entry(name.to_owned()).or_insert(digest.clone());
        if *known != digest {
            VARIES.clone_into(known);
        }
        keep(&snapshot, name)?;
        return write(&file, &digests);
    }
    if has_exact(recording).is_err() {
        return Ok(());
    }
    let again = format!(
        "where that is meant, take the line of `{name}` out of {} and run it with \
         `{VARIABLE}=record`",
        file.display()
    );
    match read(&file).get(name) {
        Some(known) if *known == digest || known == VARIES => Ok(()),
        Some(_) => {
            let kept = keep(&snapshot, name)?.display().to_string();
            Err(format!(
                "its packets are not those that they were on {}; they are in {kept}. {again}",
                recording.info.kernel
            ))
        }
        None => Err(format!("{} has no `{name}`. {again}", file.display())),
    }
}

/// Whether the packets of a scenario depend on chance, on any kernel that was tried.
pub(super) fn varies(scenario: &str) -> bool {
    let folder = repository().join("tests/snapshots/exact");
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut digests = files.map(|file| read(&file.path()));
    digests.any(|it| it.get(scenario).is_some_and(|it| it == VARIES))
}

fn is_recording() -> bool {
    std::env::var_os(VARIABLE).is_some_and(|it| it == "record")
}

fn file_of(kernel: &str) -> PathBuf {
    let name = kernel.to_lowercase().replace([' ', '/'], "-");
    repository().join(format!("tests/snapshots/exact/{name}.txt"))
}

fn read(file: &Path) -> BTreeMap<String, String> {
    let text = fs::read_to_string(file).unwrap_or_default();
    let lines = text.lines().filter_map(|line| line.split_once(' '));
    lines
        .map(|(name, digest)| (name.to_owned(), digest.to_owned()))
        .collect()
}

fn write(file: &Path, digests: &BTreeMap<String, String>) -> Result<(), String> {
    let lines = digests
        .iter()
        .map(|(name, digest)| format!("{name} {digest}\n"));
    fs::create_dir_all(file.parent().unwrap_or(file))
        .and_then(|()| fs::write(file, lines.collect::<String>()))
        .map_err(|error| format!("{}: {error}", file.display()))
}

fn keep(snapshot: &str, name: &str) -> Result<PathBuf, String> {
    let folder = repository().join("target/exact");
    let file = folder.join(format!("{name}.txt"));
    fs::create_dir_all(&folder)
        .and_then(|()| fs::write(&file, snapshot))
        .map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(file)
}
