//! The box's side of the engine: reads a request, and writes the recording.

use std::io::{self, BufRead, Read, Write};
use std::time::Duration;

use process::Interrupt;
use recording::Engine;

use crate::answer;
use crate::kind::RunHooks;
use crate::native;
use crate::request::{RequestError, Sent};

/// Beginning of those lines on standard error that report progress.
pub(super) const PROGRESS: &str = "sctp-lab: ";
/// Exit code if this machine cannot run the scenario.
pub(super) const CANNOT: i32 = 3;

/// Reads a request from standard input, runs it on this machine's kernel, and writes the
/// recording to standard output. The end of the input, or `limit`, ends the run early.
/// Returns the exit code of the process.
pub fn serve(limit: Duration) -> u8 {
    let missing = native::probe();
    let (result, code) = if missing.is_empty() {
        (run(limit), 0)
    } else {
        (Err(RequestError::Guest(lacks(&missing))), 3)
    };
    match io::stdout().write_all(&answer::encode(result)) {
        Ok(()) => code,
        Err(_) => 4,
    }
}

fn lacks(missing: &[native::Missing]) -> String {
    let each = missing.iter().map(|missing| match missing.remedy() {
        Some(remedy) => format!("{missing}; mend it there with: {remedy}"),
        None => missing.to_string(),
    });
    each.collect::<Vec<_>>().join("\n")
}

fn run(limit: Duration) -> Result<recording::Recording, RequestError> {
    let mut line = Vec::new();
    let read = io::stdin().lock().read_until(b'\n', &mut line);
    let sent: Sent = read
        .map_err(serde_json::Error::io)
        .and_then(|_| serde_json::from_slice(&line))
        .map_err(|error| RequestError::Guest(format!("the request cannot be read: {error}")))?;
    let interrupt = Interrupt::default();
    let ended = interrupt.clone();
    std::thread::spawn(move || {
        let _ = io::stdin().lock().read_to_end(&mut Vec::new());
        ended.call();
    });
    // If nobody reads any more, that is no error here: the input ends, too, and so the run.
    let show = |sight| drop(io::stdout().write_all(&answer::sight(&sight)));
    let hooks = RunHooks {
        // A line without a reader is no reason to end the run.
        progress: &|words| drop(writeln!(io::stderr(), "{PROGRESS}{words}")),
        onlooker: if sent.live { Some(&show) } else { None },
        interrupt: &interrupt,
        deaf: |words| {
            let answer = answer::encode(Err(RequestError::Guest(words)));
            let _ = io::stdout().write_all(&answer);
            std::process::exit(4);
        },
    };
    native::perform(Engine::Box, &sent.open()?, limit, &hooks, None)
}
