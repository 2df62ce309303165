//! Tests that `kill -9` at any moment does not harm the next run.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tests::{FreshCache, Lab, lesson};

use crate::Body;
use crate::answer::Answer;

pub(crate) const ALL: &[(&str, Body)] = &[("killed-at-any-moment", killed)];

/// The kernel boots and is saved in some seconds, so most of these moments fall before the
/// machine is there. Later ones strike a run in the saved machine.
const MOMENTS_MS: [u64; 9] = [20, 100, 300, 700, 1_500, 3_000, 6_000, 12_000, 500];

fn killed(lab: Lab) -> Result<(), String> {
    let cache = FreshCache::new()?;
    for moment in MOMENTS_MS.map(Duration::from_millis) {
        let mut child = run(lab, cache.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| error.to_string())?;
        kill_at(&mut child, moment)?;
        nothing_runs_with(cache.path())?;
    }
    Answer::of(&mut run(lab, cache.path()))?.exits(0)?;
    nothing_runs_with(cache.path())?;
    unfinished_is_gone(cache.path())
}

fn run(lab: Lab, cache: &Path) -> Command {
    let mut command = lab.command();
    command
        .args(["run", "--engine=vm", "--quiet", "--out"])
        .arg(cache.join("runs"))
        .arg(lesson("one-way-loss").path)
        .env("SCTP_LAB_CACHE", cache);
    command
}

fn kill_at(child: &mut Child, moment: Duration) -> Result<(), String> {
    sleep(moment);
    // The lab may have ended by then.
    let _ = child.kill();
    child.wait().map(drop).map_err(|error| error.to_string())
}

/// Waits until no process has this cache in its environment. Only children of the killed lab
/// have it, and they end with the lab, but not at once.
pub(crate) fn nothing_runs_with(cache: &Path) -> Result<(), String> {
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        let left = processes_with(cache);
        if left.is_empty() {
            return Ok(());
        }
        if Instant::now() > deadline {
            return Err(format!("left behind: {left:?}"));
        }
        sleep(Duration::from_millis(10));
    }
}

fn processes_with(cache: &Path) -> Vec<String> {
    let wanted = format!("SCTP_LAB_CACHE={}", cache.display());
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    processes
        .filter(|entry| {
            let environment = fs::read(entry.path().join("environ")).unwrap_or_default();
            let mut variables = environment.split(|byte| *byte == 0);
            variables.any(|variable| variable == wanted.as_bytes())
        })
        .map(|entry| fs::read_to_string(entry.path().join("cmdline")).unwrap_or_default())
        .collect()
}

pub(crate) fn unfinished_is_gone(cache: &Path) -> Result<(), String> {
    let machines = fs::read_dir(cache.join("machines")).map_err(|error| error.to_string())?;
    let names: Vec<_> = machines.flatten().map(|entry| entry.file_name()).collect();
    let unfinished = names
        .iter()
        .find(|name| name.to_string_lossy().ends_with(".unfinished"));
    match unfinished {
        None => Ok(()),
        Some(name) => Err(format!("{} is still there", name.display())),
    }
}
