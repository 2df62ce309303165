//! The `sctp-lab` command, and runs of scenarios by it.

use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use recording::{Engine, Recording};
use tempfile::TempDir;

use super::course::Lesson;

/// The `sctp-lab` command: the path of the binary that cargo built for the
/// tests.
#[derive(Clone, Copy, Debug)]
pub struct Lab(pub &'static str);

/// How a scenario is to be run.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The scenario's file.
    pub scenario: PathBuf,
    /// The engine to run it on.
    pub engine: Engine,
    /// The number of the sabotage to run it under, from 1.
    pub sabotage: Option<usize>,
    /// The seed, for other random numbers.
    pub seed: Option<u64>,
    /// The kernel, if not the engine's own.
    pub kernel: Option<PathBuf>,
    /// The cache, if not the user's.
    pub cache: Option<PathBuf>,
}

/// The result of a run.
#[derive(Debug)]
pub struct Ran {
    /// The exit code; none if a signal ended it.
    pub exit: Option<i32>,
    /// Standard output, then standard error.
    pub said: String,
    /// The recording of the run.
    pub recording: Recording,
    /// The folder of the recording.
    pub folder: PathBuf,
    _scratch: TempDir,
}

impl Wanted {
    /// A plain run.
    #[must_use]
    pub fn of(lesson: &Lesson, engine: Engine) -> Self {
        Self::file(&lesson.path, engine)
    }

    /// A plain run of a scenario that is not of the course.
    #[must_use]
    pub fn file(scenario: &Path, engine: Engine) -> Self {
        Self {
            scenario: scenario.to_owned(),
            engine,
            sabotage: None,
            seed: None,
            kernel: None,
            cache: None,
        }
    }

    fn arguments(&self) -> Vec<String> {
        let mut arguments = vec!["run".into(), self.scenario.display().to_string()];
        arguments.push(format!("--engine={}", self.engine));
        arguments.extend(self.sabotage.map(|number| format!("--sabotage={number}")));
        arguments.extend(self.seed.map(|seed| format!("--seed={seed}")));
        let kernel = self.kernel.as_ref();
        arguments.extend(kernel.map(|path| format!("--kernel={}", path.display())));
        arguments.push("--quiet".into());
        arguments
    }
}

impl Lab {
    /// The command, by the name that users know.
    #[must_use]
    pub fn command(self) -> Command {
        let mut command = Command::new(self.0);
        command.arg0("sctp-lab");
        command
    }

    /// Lets the `vm` engine fetch and boot all that it needs, before the trials, where its
    /// progress is seen.
    pub fn prepare_vm(self, any: &Lesson) {
        let Ok(scratch) = tempfile::tempdir() else {
            return;
        };
        // If the engine cannot, the trials say so.
        let _ = self
            .command()
            .args(Wanted::of(any, Engine::Vm).arguments())
            .arg("--out")
            .arg(scratch.path())
            .stdout(Stdio::null())
            .status();
    }

    /// Runs a scenario.
    ///
    /// # Errors
    ///
    /// If there is no recording: all that the command printed.
    pub fn run(self, wanted: &Wanted) -> Result<Ran, String> {
        let scratch =
            tempfile::tempdir().map_err(|error| format!("a temporary folder: {error}"))?;
        let mut command = self.command();
        if let Some(cache) = &wanted.cache {
            command.env("SCTP_LAB_CACHE", cache);
        }
        let output = command
            .args(wanted.arguments())
            .arg("--out")
            .arg(scratch.path())
            .stdin(Stdio::null())
            .output()
            .map_err(|error| format!("{}: {error}", self.0))?;
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said).into_owned();
        let folder = only_folder(scratch.path()).ok_or_else(|| format!("no recording:\n{said}"))?;
        let recording = Recording::read(&folder).map_err(|error| format!("{error}\n{said}"))?;
        Ok(Ran {
            exit: output.status.code(),
            said,
            recording,
            folder,
            _scratch: scratch,
        })
    }
}

fn only_folder(parent: &Path) -> Option<PathBuf> {
    let mut entries = parent.read_dir().ok()?;
    let only = entries.next()?.ok()?.path();
    entries.next().is_none().then_some(only)
}
