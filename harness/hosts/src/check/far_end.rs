//! Asks a far end for a check.

use std::io::Write;
use std::time::{Duration, SystemTime};

use process::Lines;
use ssh::{Ssh, SshError, quoted};

use super::answer::Answer;
use super::clock::ClockDifference;
use crate::target::Target;

/// The shell script that the far end runs.
const SCRIPT: &str = include_str!("../far/check.sh");

/// Runs the check at the far end, and returns its answer.
pub(super) fn ask(target: &Target) -> Result<Answer, SshError> {
    let ssh = target.ssh();
    let mut child = ssh.start(&command(target))?;
    process::end_after(&child, LIMIT);
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let stderr = child.stderr.take();
    let mut answer = Answer::default();
    let words = std::thread::scope(|scope| {
        let words = scope.spawn(|| {
            let lines = stderr.map(Lines::of).into_iter().flatten();
            lines.take(MOST).map(|line| line + "\n").collect::<String>()
        });
        let mut stdin = stdin;
        let mut say = |words: &str| {
            // A far end that is gone reports why by its exit code and standard error.
            let _ = stdin
                .as_mut()
                .map(|stdin| stdin.write_all(words.as_bytes()));
        };
        say(&format!("{}\n{}\n", target.interface, target.filter));
        let mut asked = SystemTime::now();
        for line in stdout.map(Lines::of).into_iter().flatten().take(MOST) {
            match line.strip_prefix("clock ") {
                Some(there) => {
                    answer.clock = ClockDifference::of(asked, there, SystemTime::now());
                }
                None if line == "ready" => {
                    asked = SystemTime::now();
                    say("clock\n");
                }
                None => answer.take(&line),
            }
        }
        words.join().unwrap_or_default()
    });
    let status = child.wait().map_err(|source| SshError::Io {
        doing: "waiting for ssh",
        source,
    })?;
    match status.code() {
        None => Err(ssh.silent(LIMIT)),
        code if Ssh::is_own_failure(code) => Err(ssh.failure(&words)),
        Some(_) => Ok(answer),
    }
}

/// The time limit of a check, far beyond the time that a check takes.
const LIMIT: Duration = Duration::from_secs(60);

/// The most lines that are read of a far end.
const MOST: usize = 1000;

/// The shell command of a check. The command runs as root if the target wants that. If sudo
/// fails, the command runs as the user, so that everything else is checked, too.
fn command(target: &Target) -> String {
    let run = format!("sh -c {} sh", quoted(SCRIPT));
    match target.sudo {
        true => format!(
            "words=$(sudo -n true 2>&1 < /dev/null) && exec sudo -n {run}; \
             printf '%s\\n' \"$words\" | sed 's/^/sudo /'; exec {run}"
        ),
        false => format!("exec {run}"),
    }
}
