//! Runs gcov, which joins a kernel's counts with the compiler's notes.

use std::fs;
use std::io;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::counted::Counted;

/// Time limit of gcov.
const LIMIT: Duration = Duration::from_secs(300);

/// Why there are no counts.
#[derive(Debug, thiserror::Error)]
pub(super) enum GcovError {
    #[error("the kernel handed over no counts")]
    Nothing,
    #[error("gcov cannot be started: {0}")]
    Start(String),
    #[error("gcov ended without counts: {0}")]
    Failed(String),
    #[error("what gcov says is not understood: {0}")]
    Json(#[from] serde_json::Error),
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl GcovError {
    pub(super) fn remedy(&self) -> Option<&'static str> {
        match self {
            Self::Start(_) => Some("install gcov, of the gcc that built the kernel"),
            Self::Failed(_) | Self::Json(_) => {
                Some("gcov must be of the gcc that built the kernel: build it anew")
            }
            Self::Nothing => Some("sctp-lab kernel build --coverage builds it anew"),
            Self::Io(_) => None,
        }
    }
}

/// Reads the counts of a run: its `.gcda` files are in `counts`, the kernel's `.gcno` files
/// in `meanings`.
pub(super) fn read(counts: &Path, meanings: &Path) -> Result<Counted, GcovError> {
    let mut files = Vec::new();
    for entry in fs::read_dir(counts)? {
        files.push(entry?.file_name());
    }
    files.sort();
    if files.is_empty() {
        return Err(GcovError::Nothing);
    }
    for file in &files {
        // gcov looks for each `.gcno` file beside its `.gcda` file.
        let meaning = Path::new(file).with_extension("gcno");
        symlink(meanings.join(&meaning), counts.join(&meaning))?;
    }
    let mut gcov = Command::new("gcov");
    gcov.args(["--json-format", "--stdout"]).args(&files);
    gcov.current_dir(counts).env("LC_ALL", "C");
    let output =
        process::run(&mut gcov, b"", LIMIT).map_err(|error| GcovError::Start(error.to_string()))?;
    if !output.status.success() {
        return Err(GcovError::Failed(output.stderr));
    }
    let counted = Counted::parse(&output.stdout)?;
    match counted.is_empty() {
        true => Err(GcovError::Failed(output.stderr)),
        false => Ok(counted),
    }
}
