//! What tests need of the machine.

use std::process::{Command, Stdio};

use engine::native;
use engine::vm::{self, Cache};
use libtest_mimic::{Completion, Failed, Trial};
use trials::is_required;

/// Something that tests need, and that not every machine has.
#[derive(Clone, Debug)]
pub struct Need {
    name: &'static str,
    lack: Option<String>,
}

impl Need {
    /// The `vm` engine, or all that it takes to make it ready.
    #[must_use]
    pub fn vm() -> Self {
        let lack = match Cache::of_user().map(|cache| vm::probe(&cache)) {
            Ok(found) if found.is_usable() => None,
            Ok(found) => found.qemu.err().or(found.kernel.err()),
            Err(error) => Some(error),
        };
        Self {
            name: "vm",
            lack: lack.map(|lack| lack.to_string()),
        }
    }

    /// The `uml` engine, with a kernel that is built already: building one takes longer
    /// than a test may.
    #[must_use]
    pub fn uml() -> Self {
        let found = engine::kind_of(recording::Engine::Uml).map(|uml| uml.probe());
        let lack = match found {
            Some(found) if found.usable => None,
            Some(found) => found.lacks.into_iter().next().map(|lack| lack.words),
            None => Some("this system has no uml engine".to_owned()),
        };
        Self { name: "uml", lack }
    }

    /// Another need, by what is lacking of it.
    #[must_use]
    pub fn of(name: &'static str, lack: Option<String>) -> Self {
        Self { name, lack }
    }

    /// The `native` engine.
    #[must_use]
    pub fn native() -> Self {
        Self {
            name: "native",
            lack: native::probe().first().map(ToString::to_string),
        }
    }

    /// Wireshark's `tshark`.
    #[must_use]
    pub fn tshark() -> Self {
        let answer = Command::new("tshark")
            .arg("--version")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        Self {
            name: "tshark",
            lack: answer.err().map(|error| format!("tshark: {error}")),
        }
    }

    /// `xmllint`, which checks XML against a schema.
    #[must_use]
    pub fn xmllint() -> Self {
        let answer = Command::new("xmllint")
            .arg("--version")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        Self {
            name: "xmllint",
            lack: answer.err().map(|error| format!("xmllint: {error}")),
        }
    }

    /// A browser that runs without a screen.
    #[must_use]
    pub fn browser() -> Self {
        let lack = "chromium: not installed, or not in the PATH";
        Self {
            name: "browser",
            lack: Self::browser_command().is_none().then(|| lack.to_owned()),
        }
    }

    /// The name of the browser's command on this machine.
    #[must_use]
    pub fn browser_command() -> Option<&'static str> {
        let names = ["chromium", "chromium-browser", "google-chrome"];
        names.into_iter().find(|name| {
            let answer = Command::new(name)
                .arg("--version")
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status();
            answer.is_ok_and(|status| status.success())
        })
    }

    /// Another kernel for the `vm` engine, which `SCTP_LAB_OTHER_KERNEL` names.
    #[must_use]
    pub fn other_kernel() -> Self {
        let lack = std::env::var_os("SCTP_LAB_OTHER_KERNEL")
            .is_none()
            .then(|| "SCTP_LAB_OTHER_KERNEL names no kernel image".to_owned());
        Self {
            name: "other-kernel",
            lack,
        }
    }

    /// Both needs. If both are lacking, the first is named.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        if self.is_there() { other } else { self }
    }

    /// Whether the machine meets the need.
    #[must_use]
    pub fn is_there(&self) -> bool {
        self.lack.is_none()
    }

    /// What the machine lacks, in words.
    #[must_use]
    pub fn lack(&self) -> Option<&str> {
        self.lack.as_deref()
    }

    /// A trial that runs where the need is met. Elsewhere it is ignored, with the reason,
    /// or fails if `SCTP_LAB_REQUIRE` names the need.
    pub fn trial(
        &self,
        name: impl Into<String>,
        body: impl FnOnce() -> Result<(), Failed> + Send + 'static,
    ) -> Trial {
        self.skippable_trial(name, || body().map(|()| Completion::Completed))
    }

    /// A trial like that of [`Need::trial`], which may also find while it runs that it has
    /// to be ignored.
    pub fn skippable_trial(
        &self,
        name: impl Into<String>,
        body: impl FnOnce() -> Result<Completion, Failed> + Send + 'static,
    ) -> Trial {
        let Some(lack) = self.lack.clone() else {
            return trials::test_or_skip(name, body);
        };
        let kind = lack.clone();
        let trial = trials::test(name, move || Err(lack.into()));
        if is_required(self.name) {
            trial
        } else {
            trial.with_kind(kind).with_ignored_flag(true)
        }
    }
}
