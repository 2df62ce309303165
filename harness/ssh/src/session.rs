use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use process::{Output, RunError};

use crate::error::SshError;
use crate::host::Host;
use crate::words::quoted;

/// How ssh itself ends when it comes to nothing, rather than the command.
const OWN_FAILURE: i32 = 255;

/// The way to a machine.
#[derive(Clone, Debug)]
pub struct Ssh {
    target: String,
    arguments: Vec<String>,
    trust_anew: String,
}

impl Ssh {
    /// The way to a host that the user knows.
    #[must_use]
    pub fn to(host: &Host) -> Self {
        Self::by(host.to_string(), host.arguments(), host.trust_anew())
    }

    /// The way that these arguments of ssh lead. `target` is what the user calls
    /// the machine, `trust_anew` the command that makes the user's machine trust
    /// another key of it.
    #[must_use]
    pub fn by(target: String, arguments: Vec<String>, trust_anew: String) -> Self {
        Self {
            target,
            arguments,
            trust_anew,
        }
    }

    /// What the user calls the machine.
    #[must_use]
    pub fn target(&self) -> &str {
        &self.target
    }

    /// Runs a shell command there with this input, for at most so long, and gives
    /// what it said.
    ///
    /// # Errors
    /// Where ssh comes to nothing, or takes too long. How the command ends is for
    /// the caller.
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

    /// Starts a shell command there. It hears from us and we from it.
    ///
    /// # Errors
    /// [`SshError::NoSsh`].
    pub fn start(&self, command: &str) -> Result<Child, SshError> {
        self.command(command)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            // Ctrl-C is for the lab, which then hears the last words of the far
            // end.
            .process_group(0)
            .spawn()
            .map_err(SshError::NoSsh)
    }

    fn command(&self, command: &str) -> Command {
        let mut ssh = Command::new("ssh");
        ssh
            // Nobody is there to type a password.
            .args(["-T", "-o", "BatchMode=yes", "-o", "ConnectTimeout=15"])
            .args(["-o", "ServerAliveInterval=15", "-o", "LogLevel=ERROR"])
            .args(&self.arguments)
            // Whatever the user's shell is there.
            .arg(format!("exec sh -c {}", quoted(command)));
        ssh
    }

    /// The far end said nothing for so long that ssh was ended.
    #[must_use]
    pub fn silent(&self, limit: Duration) -> SshError {
        SshError::Silent {
            target: self.target.clone(),
            limit,
        }
    }

    /// Whether ssh ended so because it came to nothing itself.
    #[must_use]
    pub fn is_own_failure(exit_code: Option<i32>) -> bool {
        exit_code == Some(OWN_FAILURE)
    }

    /// What ssh's own words mean.
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
