//! What the tests need and not every machine has.

use std::path::{Path, PathBuf};

use libtest_mimic::Trial;
use net::privilege::{self, Privilege};

/// What is lacking.
pub(super) struct Lack {
    name: &'static str,
    words: String,
}

/// sshd separates its privileges, so that a user namespace is not enough.
pub(super) fn lack() -> Option<Lack> {
    let lack = |name, words| Some(Lack { name, words });
    for (name, programs) in [
        ("sshd", &["ssh", "sshd", "ssh-keygen"][..]),
        ("tcpdump", &["tcpdump"][..]),
    ] {
        if let Some(program) = programs.iter().find(|program| which(program).is_none()) {
            return lack(name, format!("{program} is not there"));
        }
    }
    match privilege::probe() {
        Ok(Privilege::Held) if nix::unistd::geteuid().is_root() => None,
        Ok(_) => lack("sshd", "only root can start an sshd for these".to_owned()),
        Err(error) => lack("native", error.to_string()),
    }
}

impl Lack {
    pub(super) fn trial(&self, name: String) -> Trial {
        let words = self.words.clone();
        let required = std::env::var("SCTP_LAB_REQUIRE").unwrap_or_default();
        let is_required = required.split([',', ' ']).any(|it| it == self.name);
        let trial = trials::test(name, move || Err(words.into()));
        if is_required {
            trial
        } else {
            trial.with_kind(self.words.clone()).with_ignored_flag(true)
        }
    }
}

/// sshd wants to be called by its whole path, and is not on everybody's `PATH`.
pub(super) fn which(program: &str) -> Option<PathBuf> {
    let path = std::env::var("PATH").unwrap_or_default();
    path.split(':')
        .chain(["/usr/sbin", "/sbin"])
        .map(|folder| Path::new(folder).join(program))
        .find(|file| file.is_file())
}
