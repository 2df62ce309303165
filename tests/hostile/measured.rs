//! A command, and what it took.

use std::fmt;
use std::fs::File;
use std::process::Stdio;

use nix::sys::resource::{UsageWho, getrusage};
use tests::Lab;

/// What a command took.
pub(crate) struct Measured {
    /// The most memory that it or one before it held, in MiB.
    pub(crate) peak: u64,
    /// On the processor.
    pub(crate) seconds: f64,
    pub(crate) end: End,
}

/// How it ended.
#[derive(Debug)]
pub(crate) struct End {
    /// The exit code; none if a signal ended it.
    pub(crate) code: Option<i32>,
    /// What it said on standard error.
    pub(crate) said: String,
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let last = self.said.lines().last().unwrap_or_default();
        match self.code {
            Some(code) => write!(f, "exit {code} {last}"),
            None => write!(f, "killed {last}"),
        }
    }
}

/// Runs the lab; what it prints goes nowhere.
pub(crate) fn run(lab: Lab, arguments: &[String]) -> Result<Measured, String> {
    let nowhere = File::create("/dev/null").map_err(|error| error.to_string())?;
    let before = seconds()?;
    let mut command = lab.command();
    command.args(arguments).stdout(nowhere).stdin(Stdio::null());
    let output = command.stderr(Stdio::piped()).output();
    let output = output.map_err(|error| error.to_string())?;
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).map_err(|error| error.to_string())?;
    Ok(Measured {
        // Linux counts it in kB.
        peak: usage.max_rss() as u64 / 1024,
        seconds: seconds()? - before,
        end: End {
            code: output.status.code(),
            said: String::from_utf8_lossy(&output.stderr).into_owned(),
        },
    })
}

/// What all children that have ended took of the processor.
fn seconds() -> Result<f64, String> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).map_err(|error| error.to_string())?;
    let times = [usage.user_time(), usage.system_time()];
    let seconds = times.map(|it| it.tv_sec() as f64 + it.tv_usec() as f64 / 1e6);
    Ok(seconds.iter().sum())
}
