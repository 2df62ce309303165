//! Runs a command and measures its memory.
//!
//! The kernel tells the greatest peak of all children of a process so far. So each command
//! is the only child of a process of its own, which is this program again.

use std::fmt;
use std::process::{Command, ExitCode, Stdio};

use nix::sys::resource::{UsageWho, getrusage};
use tests::Lab;

/// This variable is set where the process is to run one command, and to tell the memory and
/// time that it took.
const ROLE: &str = "SCTP_LAB_TEST_MEASURES";

/// The memory and time of a command, and how it ended.
pub(crate) struct Measured {
    /// The most memory that the command held, in MiB.
    pub(crate) peak: u64,
    /// The time on the processor.
    pub(crate) seconds: f64,
    pub(crate) end: End,
}

/// How the command ended.
#[derive(Debug)]
pub(crate) struct End {
    /// The exit code; none if a signal ended the command.
    pub(crate) code: Option<i32>,
    /// The command's standard error.
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

/// Runs the lab. Its standard output is dropped.
pub(crate) fn run(arguments: &[String]) -> Result<Measured, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut measuring = Command::new(program);
    measuring.args(arguments).env(ROLE, "1");
    let output = measuring.output().map_err(|error| error.to_string())?;
    let told = String::from_utf8_lossy(&output.stdout);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let mut words = told.split_whitespace();
    let mut next = || {
        words
            .next()
            .ok_or_else(|| format!("nothing is told: {said}"))
    };
    let (peak, seconds, code) = (next()?, next()?, next()?);
    Ok(Measured {
        peak: peak.parse().map_err(|_| peak.to_owned())?,
        seconds: seconds.parse().map_err(|_| seconds.to_owned())?,
        end: End {
            code: code.parse().ok(),
            said,
        },
    })
}

/// The role of this process where it is a child of a test.
pub(crate) fn role(lab: Lab) -> Option<ExitCode> {
    std::env::var_os(ROLE)?;
    let mut command = lab.command();
    command.args(std::env::args_os().skip(1)).env_remove(ROLE);
    command.stdin(Stdio::null()).stdout(Stdio::null());
    let told = command
        .status()
        .map_err(|error| error.to_string())
        .and_then(|status| {
            let usage = getrusage(UsageWho::RUSAGE_CHILDREN).map_err(|error| error.to_string())?;
            let times = [usage.user_time(), usage.system_time()];
            let seconds = times.map(|it| it.tv_sec() as f64 + it.tv_usec() as f64 / 1e6);
            // Linux counts memory in kB.
            let peak = usage.max_rss() as u64 / 1024;
            let seconds: f64 = seconds.iter().sum();
            let code = status.code();
            Ok(match code {
                Some(code) => format!("{peak} {seconds} {code}"),
                None => format!("{peak} {seconds} killed"),
            })
        });
    Some(match told {
        Ok(told) => {
            println!("{told}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    })
}
