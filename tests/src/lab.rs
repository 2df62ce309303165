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
    /// Where.
    pub engine: Engine,
    /// The number of the sabotage to run it under, from 1.
    pub sabotage: Option<usize>,
    /// Other random numbers.
    pub seed: Option<u64>,
    /// Another kernel.
    pub kernel: Option<PathBuf>,
    /// Another cache than the user's.
    pub cache: Option<PathBuf>,
}

/// What came of a run.
#[derive(Debug)]
pub struct Ran {
    /// The exit code; none if a signal ended it.
    pub exit: Option<i32>,
    /// What it said on standard output, then on standard error.
    pub said: String,
    /// What it recorded.
    pub recording: Recording,
    /// Where it did.
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
    /// The command by the name that users know it by.
    #[must_use]
    pub fn command(self) -> Command {
        let mut command = Command::new(self.0);
        command.arg0("sctp-lab");
        command
    }

    /// Lets the `vm` engine fetch and boot what it needs, where everybody can
    /// see what takes so long.
    pub fn prepare_vm(self, any: &Lesson) {
        let Ok(scratch) = tempfile::tempdir() else {
            return;
        };
        // If it cannot, the trials tell.
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
    /// With all that was said, if there is no recording.
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
