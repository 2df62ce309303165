//! The folder of one run, which the guest mounts.

use std::fs::{self, DirBuilder, File};
use std::io;
use std::os::unix::fs::{DirBuilderExt, symlink};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};

use nix::fcntl::{Flock, FlockArg};

use super::error::{Doing, UmlError};
use super::job::{ANSWER, INIT, JOB, Job};

/// The folder of a run, removed at the run's end. A folder that a killed lab left behind is
/// no longer locked, and is [swept](sweep).
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    _lock: Flock<File>,
}

impl Folder {
    /// Makes a folder in `runs`, with a job in it.
    pub(super) fn with(runs: &Path, job: &Job) -> Result<Self, UmlError> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = runs.join(format!("{}-{number}", process::id()));
        let doing = || format!("making {}", path.display());
        own().recursive(true).create(runs).doing(doing)?;
        let lock = {
            // Until the new folder is locked, no other process may sweep.
            let _together = lock(runs, FlockArg::LockShared).doing(doing)?;
            own().create(&path).doing(doing)?;
            lock(&path, FlockArg::LockExclusiveNonblock).doing(doing)?
        };
        let folder = Self { path, _lock: lock };
        folder
            .fill(job)
            .doing(|| format!("filling {}", folder.path.display()))?;
        Ok(folder)
    }

    fn fill(&self, job: &Job) -> io::Result<()> {
        let program = fs::canonicalize("/proc/self/exe")?;
        symlink(program, self.path.join(INIT))?;
        fs::write(self.path.join(JOB), serde_json::to_vec(job)?)?;
        fs::write(self.path.join(ANSWER), b"")
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// Removes the folders that killed labs left behind. Does nothing while another process is
/// making a folder.
pub(super) fn sweep(runs: &Path) {
    let Ok(_alone) = lock(runs, FlockArg::LockExclusiveNonblock) else {
        return;
    };
    for entry in fs::read_dir(runs).into_iter().flatten().flatten() {
        let path = entry.path();
        if lock(&path, FlockArg::LockExclusiveNonblock).is_ok() {
            let _ = fs::remove_dir_all(path);
        }
    }
}

/// Builds folders that only this user may use.
fn own() -> DirBuilder {
    let mut builder = DirBuilder::new();
    builder.mode(0o700);
    builder
}

fn lock(folder: &Path, how: FlockArg) -> io::Result<Flock<File>> {
    Flock::lock(File::open(folder)?, how).map_err(|(_, error)| error.into())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_swept_is_nobodys() {
        let runs = std::env::temp_dir().join(format!("sctp-lab-runs-{}", process::id()));
        let job = json!({
            "request": {"name": "one", "source": "", "live": false, "programs": {}},
            "protocol_limit": {"secs": 0, "nanos": 0},
        });
        let job: Job = serde_json::from_value(job).unwrap();
        let folder = Folder::with(&runs, &job).unwrap();
        fs::create_dir(runs.join("left")).unwrap();
        sweep(&runs);
        assert!(folder.path().join(JOB).is_file());
        assert!(!runs.join("left").exists());
        let path = folder.path().to_owned();
        drop(folder);
        assert!(!path.exists());
        fs::remove_dir_all(runs).unwrap();
    }
}
