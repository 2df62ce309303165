//! The host's side of the tests' guest.

use std::collections::BTreeMap;
use std::time::Duration;

use engine::vm::{Cache, Ending, Job, Loaded, Machine, Provision, Run, VmError};

use crate::told::Told;

/// Each test has a deadline of its own in the guest's time, which costs nothing.
const PROTOCOL_LIMIT: Duration = Duration::from_secs(24 * 3600);
/// Far beyond what a program's tests need (seconds).
const WALL_LIMIT: Duration = Duration::from_secs(300);

/// The results of the tests in the guest.
pub(crate) struct Results {
    told: BTreeMap<String, Told>,
    /// Why a test may have no result.
    missing: String,
}

/// A machine with this program in it, which is made if there is none yet.
pub(crate) fn set_up() -> Result<Loaded, VmError> {
    let progress = &mut |news: engine::Progress<'_>| eprintln!("{}", news.words());
    let cache = Cache::of_user()?;
    let mut provision = Provision::new(&cache, progress);
    let (qemu, kernel) = (provision.qemu()?, provision.kernel()?);
    let machine = Machine::prepare(&qemu, &kernel, &cache, progress)?;
    let program = std::env::current_exe().map_err(|source| VmError::Io {
        what: "finding this program".into(),
        source,
    })?;
    machine.load(&program, progress)
}

impl Results {
    /// Resumes the machine for the tests of these names.
    pub(crate) fn of(loaded: &Loaded, names: &[String]) -> Self {
        let input = serde_json::to_vec(names).expect("text is always JSON");
        let job = Job {
            input: &input,
            seed: None,
            protocol_limit: PROTOCOL_LIMIT,
            wall_limit: WALL_LIMIT,
        };
        let mut at = String::from("none");
        let ran = Run::start(loaded, &job).and_then(|run| run.wait(&mut |line| at = line.into()));
        let (output, why) = match &ran {
            Ok(outcome) => {
                if !outcome.console.is_empty() {
                    eprintln!("the guest's console:\n{}", outcome.console);
                }
                let why = match outcome.ending {
                    Ending::Finished => format!("{} s of wall time are over", WALL_LIMIT.as_secs()),
                    Ending::ProtocolLimit => "the guest's time is over".into(),
                };
                (outcome.output.as_slice(), why)
            }
            Err(error) => (error.partial_output(), error.to_string()),
        };
        Self {
            told: Told::by_name(output),
            missing: format!("nothing is told of it; the last that began is {at}; {why}"),
        }
    }

    /// Why the test of this name failed, if it did.
    pub(crate) fn failure(&self, name: &str) -> Option<&str> {
        match self.told.get(name) {
            Some(told) => told.failed.as_deref(),
            None => Some(&self.missing),
        }
    }
}
