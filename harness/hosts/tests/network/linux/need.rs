//! Requirements of the tests that not every machine meets.

use libtest_mimic::Trial;
use net::privilege::{self, Privilege};
use trials::which;

/// A requirement that this machine does not meet.
pub(super) struct Lack {
    name: &'static str,
    words: String,
}

/// The first requirement that this machine does not meet. sshd separates its privileges, so
/// a user namespace is not enough.
pub(super) fn lack() -> Option<Lack> {
    let lack = |name, words| Some(Lack { name, words });
    for (name, programs) in [
        ("sshd", &["ssh", "sshd", "ssh-keygen"][..]),
        ("tcpdump", &["tcpdump"][..]),
    ] {
        if let Some(words) = programs.iter().find_map(|it| which(it).err()) {
            return lack(name, words);
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
        let trial = trials::test(name, move || Err(words.into()));
        if trials::is_required(self.name) {
            trial
        } else {
            trial.with_kind(self.words.clone()).with_ignored_flag(true)
        }
    }
}
