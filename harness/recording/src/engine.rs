//! The names of the engines.

use serde::{Deserialize, Serialize};

/// Where a scenario ran.
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
    /// No engine: the packets come from a capture that the lab did not make.
    Capture,
}

impl Engine {
    /// The engines that run scenarios, in the order in which they are shown.
    pub const RUNNING: [Self; 4] = [Self::Native, Self::Uml, Self::Vm, Self::Box];

    /// The engine's name, as it is written on a command line and in a recording.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::Vm => "vm",
            Self::Uml => "uml",
            Self::Box => "box",
            Self::Capture => "capture",
        }
    }

    /// What the engine is, for a person who chooses one.
    #[must_use]
    pub fn summary(self) -> &'static str {
        match self {
            Self::Native => "This machine's kernel, in real time",
            Self::Vm => "A stock kernel in an emulated machine, in virtual time",
            Self::Uml => {
                "A kernel that is a process of this machine, in virtual time: see `kernel build`"
            }
            Self::Box => "Another machine's kernel, in real time, over ssh: see --box",
            Self::Capture => "No engine: a capture that the lab did not make",
        }
    }

    /// Whether the engine's time is virtual: the same in every run, whatever the load of
    /// the host.
    #[must_use]
    pub fn is_virtual(self) -> bool {
        matches!(self, Self::Vm | Self::Uml)
    }
}

impl std::fmt::Display for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
