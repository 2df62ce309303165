//! The reasons why a target cannot be captured on, with their remedies.

use ssh::{SshError, quoted, said};

use crate::target::Target;

/// A reason why the lab cannot capture on a target.
#[derive(Debug, thiserror::Error)]
pub enum Lack {
    /// ssh failed.
    #[error(transparent)]
    Ssh(#[from] SshError),
    /// The host answers, and does not let the lab log in.
    #[error("{target} does not let the lab in{}", said(.words))]
    NotLetIn {
        /// The host.
        target: String,
        /// The words of ssh.
        words: String,
        /// A way to let the lab in, with its command.
        remedy: String,
    },
    /// sudo does not work without a password.
    #[error("sudo does not work there without a password{}", said(.words))]
    Sudo {
        /// The words of sudo.
        words: String,
    },
    /// The host has no tcpdump.
    #[error("there is no tcpdump there")]
    NoTcpdump {
        /// A command that installs tcpdump on Debian.
        remedy: String,
    },
    /// The user has no right to capture.
    #[error("the user has no right to capture on `{interface}` there{}", said(.words))]
    Rights {
        /// The interface.
        interface: String,
        /// The words of tcpdump.
        words: String,
        /// A way to give the user the right.
        remedy: String,
    },
    /// The host has no such interface.
    #[error("there is no interface `{interface}` there")]
    NoInterface {
        /// The interface.
        interface: String,
        /// The host's interfaces, as far as they are known.
        known: Vec<String>,
    },
    /// tcpdump does not understand the filter.
    #[error("tcpdump does not take the filter `{filter}`{}", said(.words))]
    Filter {
        /// The filter.
        filter: String,
        /// The words of tcpdump.
        words: String,
    },
    /// tcpdump does not capture, for another reason.
    #[error("tcpdump does not capture there{}", said(.words))]
    Capturing {
        /// The words of tcpdump.
        words: String,
    },
}

impl Lack {
    /// The remedy, where one is known.
    #[must_use]
    pub fn remedy(&self) -> Option<String> {
        match self {
            Self::Ssh(error) => error.remedy(),
            Self::NotLetIn { remedy, .. }
            | Self::NoTcpdump { remedy }
            | Self::Rights { remedy, .. } => Some(remedy.clone()),
            Self::Sudo { .. } => {
                Some("as root there, run visudo and add: USER ALL=(root) NOPASSWD: ALL".into())
            }
            Self::NoInterface { known, .. } if known.is_empty() => {
                Some("`tcpdump -D` lists the interfaces there".into())
            }
            Self::NoInterface { known, .. } => {
                Some(format!("those there are {}", known.join(", ")))
            }
            Self::Filter { filter, .. } => Some(format!(
                "man pcap-filter has the language; try it: tcpdump -d {}",
                quoted(filter)
            )),
            Self::Capturing { .. } => None,
        }
    }

    /// The lack behind a failure of ssh.
    pub(crate) fn of_ssh(target: &Target, error: SshError) -> Self {
        let let_in = match &error {
            SshError::Unreachable { words, .. } => !words.contains("Permission denied ("),
            _ => true,
        };
        match error {
            SshError::Unreachable {
                target: at, words, ..
            } if !let_in => Self::NotLetIn {
                remedy: let_in_remedy(target),
                target: at,
                words,
            },
            error => Self::Ssh(error),
        }
    }

    /// The lack behind a capturer that ended before it captured, by its exit code and last
    /// words.
    pub(crate) fn of_words(target: &Target, exit_code: Option<i32>, words: &str) -> Self {
        let has = |some: &[&str]| some.iter().any(|some| words.contains(some));
        let interface = target.interface.clone();
        let words = words.to_owned();
        if has(&[
            "permission to capture",
            "permission to perform this capture",
        ]) {
            Self::Rights {
                interface,
                words,
                remedy: rights_remedy(target),
            }
        } else if has(&["No such device", "SIOCGIFHWADDR"]) {
            Self::NoInterface {
                interface,
                known: Vec::new(),
            }
        } else if has(&["filter expression", "syntax error"]) {
            Self::Filter {
                filter: target.filter.clone(),
                words,
            }
        } else if has(&["sudo: "]) {
            Self::Sudo { words }
        } else if exit_code == Some(NOT_FOUND) {
            Self::no_tcpdump(target)
        } else {
            Self::Capturing { words }
        }
    }

    pub(crate) fn no_tcpdump(target: &Target) -> Self {
        Self::NoTcpdump {
            remedy: format!(
                "ssh -t {} sudo apt-get install tcpdump, or as that system installs it",
                target.host
            ),
        }
    }
}

/// The exit code of a shell that finds no such program.
const NOT_FOUND: i32 = 127;

fn let_in_remedy(target: &Target) -> String {
    match &target.host.key {
        Some(key) => format!("ssh-copy-id -i {} {}", key.display(), target.host),
        None => format!(
            "give the target a `key`, or add one to the agent: ssh-add; then: ssh-copy-id {}",
            target.host
        ),
    }
}

fn rights_remedy(target: &Target) -> String {
    format!(
        "give the target `sudo: true`, or its tcpdump the right: ssh -t {} \
         'sudo setcap cap_net_raw,cap_net_admin+eip $(command -v tcpdump)'",
        target.host
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lack(exit_code: i32, words: &str) -> Lack {
        let targets = crate::parse("one: {host: there, sudo: true}", "".as_ref());
        Lack::of_words(
            &targets.expect("it is a good one")[0],
            Some(exit_code),
            words,
        )
    }

    #[test]
    fn the_last_words_tell_what_is_lacking() {
        let rights = "tcpdump: eth0: You don't have permission to capture on that device";
        assert!(matches!(lack(1, rights), Lack::Rights { .. }));
        let interface = "tcpdump: eth9: No such device exists";
        assert!(matches!(lack(1, interface), Lack::NoInterface { .. }));
        let filter = "sudo: unable to resolve host x\ntcpdump: syntax error in filter expression";
        assert!(matches!(lack(1, filter), Lack::Filter { .. }));
        let password = "sudo: a password is required";
        assert!(matches!(lack(1, password), Lack::Sudo { .. }));
        let no_sudo = "sh: 1: exec: sudo: not found";
        assert!(matches!(lack(127, no_sudo), Lack::Sudo { .. }));
        assert!(matches!(lack(127, ""), Lack::NoTcpdump { .. }));
        assert!(matches!(
            lack(1, "tcpdump: eth9: That device is not up"),
            Lack::Capturing { .. }
        ));
    }
}
