//! Runs a program to its end.

use std::io::{self, Read, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::group;
use crate::parent::tie;
use crate::tail;

/// Greatest number of bytes of standard output that are kept.
const MOST: usize = 16 << 20;

/// Time after the program's end in which its remaining output is read. A child that has
/// left the process group may hold the pipe open for ever.
const AFTER: Duration = Duration::from_secs(1);

/// The end of a program, and its output.
#[derive(Debug)]
pub struct Output {
    /// Exit status of the program.
    pub status: ExitStatus,
    /// The beginning of standard output, at most 16 MiB.
    pub stdout: Vec<u8>,
    /// The end of the standard error output, escaped for a terminal.
    pub stderr: String,
}

/// Reason why a program did not run to its end.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The program could not be started.
    #[error("{0}")]
    Start(#[source] io::Error),
    /// The program exceeded its time limit, and was killed with its children.
    #[error("it was still running after {} s, and was ended", .0.as_secs_f64())]
    TooLong(Duration),
    /// The system does not report the exit status.
    #[error("{0}")]
    Wait(#[source] io::Error),
}

/// Runs a program with this input and time limit. The program ends with this thread, and
/// does not receive Ctrl-C from the terminal.
///
/// # Errors
///
/// [`RunError`]. The caller must check the exit status.
pub fn run(command: &mut Command, input: &[u8], limit: Duration) -> Result<Output, RunError> {
    let deadline = Instant::now() + limit;
    tie(command);
    let child = command
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = child.map_err(RunError::Start)?;
    let ended = group::watch(&child);
    feed(&mut child, input);
    let stdout = child.stdout.take().map(Said::first);
    let stderr = child.stderr.take().map(Said::last);
    let in_time = ended
        .recv_timeout(deadline.saturating_duration_since(Instant::now()))
        .is_ok();
    let status = group::end(&mut child).map_err(RunError::Wait)?;
    if !in_time {
        return Err(RunError::TooLong(limit));
    }
    let soon = Instant::now() + AFTER;
    Ok(Output {
        status,
        stdout: stdout.map(|said| said.by(soon)).unwrap_or_default(),
        stderr: stderr
            .map(|said| terminal::escape_lines(&String::from_utf8_lossy(&said.by(soon))))
            .unwrap_or_default(),
    })
}

fn feed(child: &mut Child, input: &[u8]) {
    let Some(mut stdin) = child.stdin.take() else {
        return;
    };
    let input = input.to_vec();
    // A program that ends without reading all input reports the reason by its status or
    // output.
    std::thread::spawn(move || drop(stdin.write_all(&input)));
}

/// The output of a program, read on a separate thread, so that the program never waits
/// for a reader.
struct Said {
    bytes: Arc<Mutex<Vec<u8>>>,
    end: Receiver<()>,
}

impl Said {
    /// Keeps the beginning of the output.
    fn first(stream: impl Read + Send + 'static) -> Self {
        Self::of(stream, |kept, bytes| {
            kept.extend_from_slice(&bytes[..bytes.len().min(MOST - kept.len())]);
        })
    }

    /// Keeps the end of the output.
    fn last(stream: impl Read + Send + 'static) -> Self {
        Self::of(stream, tail::keep)
    }

    fn of(
        mut stream: impl Read + Send + 'static,
        keep: impl Fn(&mut Vec<u8>, &[u8]) + Send + 'static,
    ) -> Self {
        let bytes = Arc::new(Mutex::new(Vec::new()));
        let (ends, end) = channel();
        let kept = Arc::clone(&bytes);
        std::thread::spawn(move || {
            let mut chunk = [0; 4096];
            loop {
                match stream.read(&mut chunk) {
                    Ok(0) => break,
                    Ok(len) => keep(
                        &mut kept.lock().unwrap_or_else(PoisonError::into_inner),
                        &chunk[..len],
                    ),
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    Err(_) => break,
                }
            }
            let _ = ends.send(());
        });
        Self { bytes, end }
    }

    /// The output until its end, or until `then`.
    fn by(self, then: Instant) -> Vec<u8> {
        let left = then.saturating_duration_since(Instant::now());
        let _ = self.end.recv_timeout(left);
        std::mem::take(&mut self.bytes.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sh(script: &str, limit: Duration) -> Result<Output, RunError> {
        run(Command::new("sh").args(["-c", script]), b"input", limit)
    }

    #[test]
    fn a_program_is_heard_to_its_end() {
        let output = sh(
            "cat; printf 'a\\033[2J\\n' >&2; exit 3",
            Duration::from_secs(60),
        )
        .unwrap();
        assert_eq!(output.status.code(), Some(3));
        assert_eq!(output.stdout, b"input");
        assert_eq!(output.stderr, "a\\u{1b}[2J\n");
    }

    #[test]
    fn one_that_hangs_is_ended_with_all_that_it_started() {
        let folder = std::env::temp_dir().join(format!("process-{}", std::process::id()));
        let script = format!("sleep 1000 & echo $! > {}; wait", folder.display());
        let error = sh(&script, Duration::from_secs(2)).unwrap_err();
        assert!(matches!(error, RunError::TooLong(_)), "{error}");
        let pid = std::fs::read_to_string(&folder).unwrap();
        std::fs::remove_file(&folder).unwrap();
        let stat = format!("/proc/{}/stat", pid.trim());
        // A zombie has ended; its new parent collects it.
        let is_alive = || std::fs::read_to_string(&stat).is_ok_and(|it| !it.contains(") Z "));
        // A killed process disappears once a processor has had time for it.
        let patience = Instant::now() + Duration::from_secs(60);
        while is_alive() && Instant::now() < patience {
            std::thread::yield_now();
        }
        assert!(!is_alive());
    }

    #[test]
    fn one_that_prints_for_ever_is_ended_and_takes_no_memory() {
        let error = sh("yes & yes >&2", Duration::from_millis(300)).unwrap_err();
        assert!(matches!(error, RunError::TooLong(_)), "{error}");
    }

    #[test]
    fn what_it_leaves_running_is_not_waited_for() {
        let output = sh("sleep 1000 & echo done", Duration::from_secs(60)).unwrap();
        assert_eq!(output.stdout, b"done\n");
    }
}
