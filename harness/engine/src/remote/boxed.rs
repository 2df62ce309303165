//! The `box` engine, prepared: a machine that is ready to run scenarios.

use std::collections::VecDeque;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use process::Lines;
use recording::Recording;
use sha2::{Digest, Sha256};
use ssh::Ssh;

use super::error::{BoxError, doing};
use super::program;
use super::serve::{CANNOT, PROGRESS};
use super::system::System;
use super::target::Target;
use crate::Progress;
use crate::answer::Inbox;
use crate::kind::RunHooks;
use crate::request::{Request, RequestError};

/// Default time limit of each question to the machine, but not of copying the program.
const ANSWERING: Duration = Duration::from_secs(60);

/// Default time limit of copying the lab's program over a slow line.
const COPYING: Duration = Duration::from_secs(1200);

/// Time for the machine beyond the run's limit and a tenth of that limit: to build the
/// network, to pack the recording and to send it.
const GRACE: Duration = Duration::from_secs(30);

/// Greatest number of lines that are kept of the machine's standard error.
const LAST_WORDS: usize = 100;

/// A machine with the lab's program on it.
#[derive(Debug)]
pub struct RemoteBox {
    ssh: Ssh,
    /// The program's path on the machine. The machine's shell expands it.
    program: String,
}

impl RemoteBox {
    /// Finds the machine, and copies the lab's program there unless the machine has it.
    /// The files for ssh are kept in `cache`. `limit` is the time limit of each step;
    /// `None` stands for defaults far beyond the need.
    ///
    /// # Errors
    ///
    /// [`BoxError`], with a remedy if there is one.
    pub fn prepare(
        target: Target,
        cache: &Path,
        limit: Option<Duration>,
        progress: &mut dyn FnMut(Progress<'_>),
    ) -> Result<Self, BoxError> {
        let (answering, copying) = (limit.unwrap_or(ANSWERING), limit.unwrap_or(COPYING));
        progress(Progress::Doing(&format!("looking for {target}")));
        let folder = cache.join("boxes").join(file_name(&target));
        let ssh = target.way(&folder, answering)?;
        let uname = ssh.run("uname -sm", &[], answering)?;
        let words = terminal::escape(String::from_utf8_lossy(&uname.stdout).trim());
        let system = System::of_uname(&words).ok_or_else(|| BoxError::WrongSystem {
            target: ssh.target().to_owned(),
            system: words,
        })?;
        let bytes = fs::read(program::of(system)?).map_err(doing("reading the lab's program"))?;
        let program = format!("$HOME/.cache/sctp-lab/sctp-lab-{}", digest(&bytes));
        if !ssh
            .run(&format!("test -x \"{program}\""), &[], answering)?
            .status
            .success()
        {
            progress(Progress::Doing(&format!(
                "copying the lab's program to {}",
                ssh.target()
            )));
            // The copy gets its name only when it is whole.
            let copied = ssh.run(
                &format!(
                    "umask 022 && mkdir -p \"$HOME/.cache/sctp-lab\" && cat > \"{program}.$$\" \
                     && chmod 755 \"{program}.$$\" && mv \"{program}.$$\" \"{program}\""
                ),
                &bytes,
                copying,
            )?;
            if !copied.status.success() {
                return Err(BoxError::Copy {
                    target: ssh.target().to_owned(),
                    words: copied.stderr,
                });
            }
        }
        Ok(Self { ssh, program })
    }

    /// Runs a request on the machine.
    pub(super) fn perform(
        &self,
        request: &Request,
        hooks: &RunHooks<'_>,
    ) -> Result<Recording, RequestError> {
        let onlooker = hooks.onlooker;
        let limit = request.limits(true).wall;
        let request = request.sent(onlooker.is_some());
        let request = serde_json::to_vec(&request).map_err(|_| RequestError::Answer)?;
        let child = self.ssh.start(&self.command(limit));
        let mut child = child.map_err(BoxError::from)?;
        // The machine ends the run at its limit by itself. If it does not, ssh is ended.
        let most = limit.saturating_add(limit / 10).saturating_add(GRACE);
        process::end_after(&child, most);
        let mut stdin = child.stdin.take();
        if let Some(stdin) = &mut stdin {
            // If the far end is gone already, the missing answer says so below.
            let _ = stdin
                .write_all(&request)
                .and_then(|()| stdin.write_all(b"\n"));
        }
        let input = Arc::new(Mutex::new(stdin));
        let stop = move || {
            // The end of its input tells the far end to stop and to send its recording.
            // So a lost connection ends a run as well.
            drop(input.lock().unwrap_or_else(PoisonError::into_inner).take());
        };
        let held = hooks.interrupt.on_call(stop.clone());
        let mut stdout = child.stdout.take();
        let stderr = child.stderr.take();
        let (answer, words) = std::thread::scope(|scope| {
            let answer = scope.spawn(move || {
                let mut inbox = Inbox::new(onlooker);
                if let Some(stdout) = &mut stdout {
                    // A connection that breaks off leaves an incomplete answer.
                    let _ = io::copy(stdout, &mut inbox);
                }
                inbox
            });
            let mut words = VecDeque::new();
            for line in stderr.map(Lines::of).into_iter().flatten() {
                match line.strip_prefix(PROGRESS) {
                    Some(progress) => (hooks.progress)(progress),
                    None => {
                        words.truncate(LAST_WORDS - 1);
                        words.push_front(line);
                    }
                }
            }
            let words: Vec<String> = words.into_iter().rev().collect();
            (answer.join(), words.join("\n"))
        });
        stop();
        drop(held);
        let status = child.wait().map_err(doing("waiting for ssh"))?;
        let answer = answer.ok().filter(|answer| !answer.is_empty());
        match (answer.map(Inbox::finish), status.code()) {
            (Some(answer), Some(CANNOT)) => Err(BoxError::Lacks {
                target: self.ssh.target().to_owned(),
                words: match answer {
                    Err(RequestError::Guest(words)) => terminal::escape_lines(&words),
                    _ => words,
                },
            }
            .into()),
            (Some(answer), _) => answer,
            (None, None) => Err(BoxError::from(self.ssh.silent(most)).into()),
            (None, code) if Ssh::is_own_failure(code) => {
                Err(BoxError::from(self.ssh.failure(&words)).into())
            }
            (None, _) => Err(BoxError::NoAnswer {
                target: self.ssh.target().to_owned(),
                words,
            }
            .into()),
        }
    }

    /// The shell command for a run. It runs as root where that takes no password.
    fn command(&self, limit: Duration) -> String {
        let run = format!("\"{}\" serve-box {}", self.program, limit.as_secs());
        format!(
            "if test \"$(id -u)\" != 0 && sudo -n true 2> /dev/null; \
             then exec sudo -n {run}; else exec {run}; fi"
        )
    }
}

fn digest(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// A name for a target's folder.
fn file_name(target: &Target) -> String {
    target
        .to_string()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect()
}
