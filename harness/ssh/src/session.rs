//! Runs and starts commands on another machine by ssh.

use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use process::{Output, RunError};

use crate::error::SshError;
use crate::host::Host;
use crate::words::quoted;

/// Exit status of ssh if ssh itself fails, rather than the command on the machine.
const OWN_FAILURE: i32 = 255;

/// The ssh arguments that lead to a machine.
#[derive(Clone, Debug)]
pub struct Ssh {
    target: String,
    arguments: Vec<String>,
    trust_anew: String,
}

impl Ssh {
    /// The connection to a host that the user knows.
    #[must_use]
    pub fn to(host: &Host) -> Self {
        Self::by(host.to_string(), host.arguments(), host.trust_anew())
    }

    /// The connection by these arguments of ssh. `target` is the user's name for the
    /// machine, `trust_anew` the advice with the command that accepts a new key of the machine.
    #[must_use]
    pub fn by(target: String, arguments: Vec<String>, trust_anew: String) -> Self {
        Self {
            target,
            arguments,
            trust_anew,
        }
    }

    /// The user's name for the machine.
    #[must_use]
    pub fn target(&self) -> &str {
        &self.target
    }

    /// Runs a shell command on the machine with this input and time limit, and returns
    /// its output.
    ///
    /// # Errors
    /// If ssh fails, or exceeds the time limit. The caller must check the exit status of
    /// the command.
    pub fn run(&self, command: &str, input: &[u8], limit: Duration) -> Result<Output, SshError> {
        let output = process::run(&mut self.command(command), input, limit);
        let output = output.map_err(|error| match error {
            RunError::Start(error) => SshError::NoSsh(error),
            RunError::TooLong(limit) => self.silent(limit),
            RunError::Wait(source) => SshError::Io {
                doing: "waiting for ssh",
                source,
            },
        })?;
        if Self::is_own_failure(output.status.code()) {
            return Err(self.failure(&output.stderr));
        }
        Ok(output)
    }

    /// Starts a shell command on the machine, with pipes for its input and output.
    ///
    /// # Errors
    /// [`SshError::NoSsh`].
    pub fn start(&self, command: &str) -> Result<Child, SshError> {
        self.command(command)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            // The lab itself handles Ctrl-C, and still reads the last output of the
            // command.
            .process_group(0)
            .spawn()
            .map_err(SshError::NoSsh)
    }

    fn command(&self, command: &str) -> Command {
        let mut ssh = Command::new("ssh");
        ssh
            // ssh must not prompt for a password.
            .args(["-T", "-o", "BatchMode=yes", "-o", "ConnectTimeout=15"])
            .args(["-o", "ServerAliveInterval=15", "-o", "LogLevel=ERROR"])
            .args(&self.arguments)
            // Runs sh, whichever shell the user has on the machine.
            .arg(format!("exec sh -c {}", quoted(command)));
        ssh
    }

    /// The error for a machine that was silent for so long that ssh was ended.
    #[must_use]
    pub fn silent(&self, limit: Duration) -> SshError {
        SshError::Silent {
            target: self.target.clone(),
            limit,
        }
    }

    /// Whether this exit status means that ssh itself failed.
    #[must_use]
    pub fn is_own_failure(exit_code: Option<i32>) -> bool {
        exit_code == Some(OWN_FAILURE)
    }

    /// The error that a message of ssh means.
    #[must_use]
    pub fn failure(&self, words: &str) -> SshError {
        let target = self.target.clone();
        let words = words.to_owned();
        if words.contains("Host key verification failed") {
            SshError::HostKey {
                target,
                words,
                remedy: self.trust_anew.clone(),
            }
        } else {
            SshError::Unreachable {
                remedy: format!("try it by hand: ssh {target} true"),
                target,
                words,
            }
        }
    }
}
