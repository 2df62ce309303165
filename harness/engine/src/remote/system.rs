//! The systems for which the lab has a program.

/// A system for which the lab has a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum System {
    Linux,
    LinuxOnArm,
    FreeBsd,
}

impl System {
    /// The system by the output of `uname -sm`.
    pub(super) fn of_uname(words: &str) -> Option<Self> {
        match words.split_whitespace().collect::<Vec<_>>()[..] {
            ["Linux", "x86_64"] => Some(Self::Linux),
            ["Linux", "aarch64"] => Some(Self::LinuxOnArm),
            ["FreeBSD", "amd64"] => Some(Self::FreeBsd),
            _ => None,
        }
    }

    /// The system of this machine.
    pub(super) fn here() -> Option<Self> {
        match (std::env::consts::OS, std::env::consts::ARCH) {
            ("linux", "x86_64") => Some(Self::Linux),
            ("linux", "aarch64") => Some(Self::LinuxOnArm),
            ("freebsd", "x86_64") => Some(Self::FreeBsd),
            _ => None,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Linux => "Linux x86_64",
            Self::LinuxOnArm => "Linux aarch64",
            Self::FreeBsd => "FreeBSD amd64",
        }
    }

    /// The target triple of rustc.
    pub(super) fn triple(self) -> &'static str {
        match self {
            Self::Linux => "x86_64-unknown-linux-gnu",
            Self::LinuxOnArm => "aarch64-unknown-linux-gnu",
            Self::FreeBsd => "x86_64-unknown-freebsd",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::System;

    #[test]
    fn only_machines_that_a_program_is_made_for_are_known() {
        assert_eq!(System::of_uname("Linux x86_64\n"), Some(System::Linux));
        assert_eq!(System::of_uname("FreeBSD amd64"), Some(System::FreeBsd));
        let arm = System::of_uname("Linux aarch64");
        assert_eq!(arm, Some(System::LinuxOnArm));
        for other in ["Linux armv7l", "FreeBSD arm64", "Darwin x86_64", ""] {
            assert_eq!(System::of_uname(other), None);
        }
    }
}
