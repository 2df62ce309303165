use serde::{Deserialize, Serialize};

use super::Time;

/// The version of the form a recording is kept in. Format 1, which knew
/// associations by the kernel's identifiers, is still read.
pub const FORMAT: u32 = 2;

/// What was run, where, and how it ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Info {
    /// The version of the form: [`FORMAT`].
    pub format: u32,
    /// The scenario's name.
    pub scenario: String,
    /// The title of the sabotage it was run under, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sabotage: Option<String>,
    /// Where it ran.
    pub engine: Engine,
    /// The operating system and its release (`Linux 6.1.0-56-cloud-amd64`).
    pub kernel: String,
    /// The seed, where one was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
    /// Whether another run of this seed on this kernel is the same to the byte. Not
    /// said where time is real.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exact: Option<bool>,
    /// How many seconds the kernel had been running when the recording began. Not said
    /// by recordings of older labs, and by captures.
    #[serde(default, skip_serializing_if = "Option::is_none", rename = "uptime-s")]
    pub uptime: Option<u64>,
    /// How late the machine came to what was due, at the worst. Only said where time is
    /// real: what is recorded may be as late.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late: Option<Time>,
    /// What the kernel said of a fault of its own, where the engine hears the kernel and
    /// the kernel found one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complaint: Option<Complaint>,
    /// How it ended.
    pub ended: Ended,
    /// When it ended.
    pub duration: Time,
}

/// What a kernel said of a fault of its own: a warning, a bug, a report of KASAN.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Complaint {
    /// Its first line, without the time (`BUG: KASAN: slab-use-after-free in …`).
    pub what: String,
    /// The kernel's log from there on, some thousand lines at the most.
    pub log: String,
}

/// Where a scenario runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Engine {
    /// This machine's kernel, in real time.
    Native,
    /// A stock kernel in an emulated machine, in virtual time.
    Vm,
    /// A kernel that is a process of this machine, in virtual time.
    Uml,
    /// Another machine's kernel, in real time.
    Box,
    /// None: the packets come from a capture that the lab did not make.
    Capture,
}

impl Engine {
    /// Whether its time is virtual: the same in every run, whatever the host is busy with.
    #[must_use]
    pub fn is_virtual(self) -> bool {
        matches!(self, Engine::Vm | Engine::Uml)
    }
}

impl std::fmt::Display for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Engine::Native => "native",
            Engine::Vm => "vm",
            Engine::Uml => "uml",
            Engine::Box => "box",
            Engine::Capture => "capture",
        })
    }
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "how")]
pub enum Ended {
    /// All steps were run.
    Complete,
    /// What a step expected was not seen, or the step could not be done; the
    /// steps after it were not run.
    AtStep {
        /// The name of the step.
        step: String,
    },
    /// The kernel lacks what the scenario needs; nothing was run.
    Lacking {
        /// The capability, by its word in the scenario.
        capability: String,
        /// What the probe saw, in words.
        saw: String,
    },
    /// The run was stopped from outside, or by a limit.
    Early {
        /// By what, in words.
        why: String,
    },
}
