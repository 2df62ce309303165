//! Commands at the far end of an ssh connection.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use super::error::{BoxError, doing};
use super::target::Target;

/// How ssh itself ends when it comes to nothing, rather than the command.
const OWN_FAILURE: i32 = 255;

/// The way to a machine.
#[derive(Clone, Debug)]
pub(super) struct Ssh {
    pub(super) target: Target,
    arguments: Vec<String>,
    folder: PathBuf,
}

impl Ssh {
    pub(super) fn to(target: Target, folder: &Path) -> Result<Self, BoxError> {
        Ok(Self {
            arguments: target.arguments(folder)?,
            folder: folder.to_owned(),
            target,
        })
    }

    /// Runs a shell command there with this input, and gives what it said.
    pub(super) fn run(&self, command: &str, input: &[u8]) -> Result<Output, BoxError> {
        let mut child = self.start(command)?;
        let mut stdin = child.stdin.take();
        let output = std::thread::scope(|scope| {
            scope.spawn(move || {
                // One that ends without reading all says why by other means.
                let _ = stdin.as_mut().map(|stdin| stdin.write_all(input));
            });
            child.wait_with_output()
        });
        let output = output.map_err(doing("waiting for ssh"))?;
        if output.status.code() == Some(OWN_FAILURE) {
            return Err(self.failure(&String::from_utf8_lossy(&output.stderr)));
        }
        Ok(output)
    }

    /// Starts a shell command there. It hears from us and we from it.
    pub(super) fn start(&self, command: &str) -> Result<Child, BoxError> {
        Command::new("ssh")
            // Nobody is there to type a password.
            .args(["-T", "-o", "BatchMode=yes", "-o", "ConnectTimeout=15"])
            .args(["-o", "ServerAliveInterval=15", "-o", "LogLevel=ERROR"])
            .args(&self.arguments)
            // Whatever the user's shell is there.
            .arg(format!("exec sh -c {}", quoted(command)))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(BoxError::NoSsh)
    }

    /// What ssh's own words mean.
    pub(super) fn failure(&self, words: &str) -> BoxError {
        let target = self.target.to_string();
        let words = words.to_owned();
        if words.contains("Host key verification failed") {
            BoxError::HostKey {
                remedy: self.target.trust_anew(&self.folder),
                target,
                words,
            }
        } else {
            BoxError::Unreachable { target, words }
        }
    }
}

/// As one word of a shell's.
fn quoted(words: &str) -> String {
    format!("'{}'", words.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_quoted_word_stays_one_whatever_is_in_it() {
        assert_eq!(quoted("a b"), "'a b'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
    }
}
