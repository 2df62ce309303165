//! A recording and a capture for tests without an engine.

use std::path::{Path, PathBuf};

use recording::{Ended, Engine, FORMAT, Info, Recording, Time};
use tempfile::TempDir;
use tests::{Call, lesson};

/// A folder with `runs/handshake`, a recording of a run that saw nothing, and
/// `call.pcapng`, a capture of many packets.
pub(crate) struct Example(TempDir);

impl Example {
    pub(crate) fn new() -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let example = Self(folder);
        let recorded = of_nothing("handshake");
        let written = recorded.write(&example.path("runs/handshake"));
        written.map_err(|error| error.to_string())?;
        let call = Call { packets: 2_000 };
        let written = call.write(&example.path("call.pcapng"));
        written.map_err(|error| error.to_string())?;
        Ok(example)
    }

    pub(crate) fn folder(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

/// A run of a scenario of the course in which nothing was seen.
pub(crate) fn of_nothing(name: &str) -> Recording {
    let lesson = lesson(name);
    let scenario = std::fs::read_to_string(&lesson.path).unwrap_or_default();
    Recording {
        info: Info {
            format: FORMAT,
            scenario: name.to_owned(),
            sabotage: None,
            engine: Engine::Vm,
            kernel: "Linux 6.1.0".to_owned(),
            seed: None,
            exact: None,
            uptime: None,
            late: None,
            complaint: None,
            ended: Ended::Complete,
            duration: Time::from_nanos(1),
        },
        scenario,
        interfaces: Vec::new(),
        packets: Vec::new(),
        observations: Vec::new(),
    }
}
