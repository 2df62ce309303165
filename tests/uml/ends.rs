//! Tests that nothing of a run is left, whatever ends it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::thread::yield_now;
use std::time::{Duration, Instant};

use engine::vm::Cache;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use recording::{Ended, Recording};
use tempfile::TempDir;
use tests::Lab;

use crate::Body;

pub(crate) const ALL: &[(&str, Body)] = &[
    ("the-wall-limit-leaves-a-recording", wall_limit),
    ("ctrl-c-leaves-a-recording", ctrl_c),
    ("a-killed-lab-leaves-no-kernel", killed_lab),
    ("a-killed-kernel-is-told-of", killed_kernel),
];

/// A time limit far beyond what anything here needs.
const PATIENCE: Duration = Duration::from_secs(60);

/// A scenario that takes some minutes of wall time.
const LONG: &str = "\
title: A long talk
lesson: None.
nodes: [client, server]
links:
  path-a: {client: 10.0.1.1/24, server: 10.0.1.2/24, delay: 1ms}
endpoints:
  server: {node: server, listen: 5000, subscribe: [assoc-change]}
  client: {node: client, subscribe: [assoc-change]}
limit: 3h
steps:
  - connect: {from: client, to: server}
  - traffic: {from: client, to: server, every: 100ms, size: 100, as: talk}
  - wait: 2h
  - stop: talk
assert:
  - delivered: {from: client, to: server, lost: 0, as: delivered}
sabotage:
  - title: nobody talks
    instead-of: talk
    fails: delivered
";

/// The lab in the midst of a long run.
struct Running {
    child: Child,
    folder: TempDir,
}

impl Running {
    fn start(lab: Lab, arguments: &[&str]) -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let scenario = folder.path().join("long.yaml");
        fs::write(&scenario, LONG).map_err(|error| error.to_string())?;
        let child = lab
            .command()
            .args(["run", "--engine=uml", "--quiet", "--out"])
            .arg(folder.path().join("runs"))
            .args(arguments)
            .arg(&scenario)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| error.to_string())?;
        Ok(Self { child, folder })
    }

    /// The folder of the run, as soon as its kernel is there.
    fn its_folder(&self) -> Result<PathBuf, String> {
        let begins = format!("{}-", self.child.id());
        wait_for("a kernel", || {
            let runs = fs::read_dir(runs().ok()?).ok()?.flatten();
            runs.map(|entry| entry.path())
                .filter(|path| {
                    path.file_name()
                        .is_some_and(|it| it.to_string_lossy().starts_with(&begins))
                })
                .find(|path| !processes_in(path).is_empty())
        })
    }

    fn signal(&self, signal: Signal) -> Result<(), String> {
        let pid = Pid::from_raw(self.child.id().cast_signed());
        kill(pid, signal).map_err(|error| error.to_string())
    }

    fn end(self) -> Result<(Option<i32>, String, TempDir), String> {
        let output = self.child.wait_with_output();
        let output = output.map_err(|error| error.to_string())?;
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        Ok((output.status.code(), said, self.folder))
    }
}

fn runs() -> Result<PathBuf, String> {
    let cache = Cache::of_user().map_err(|error| error.to_string())?;
    Ok(cache.root().join("uml-runs"))
}

/// The processes whose working folder this is.
fn processes_in(folder: &Path) -> Vec<i32> {
    let all = fs::read_dir("/proc").into_iter().flatten().flatten();
    all.filter(|entry| {
        fs::read_link(entry.path().join("cwd")).is_ok_and(|cwd| cwd.starts_with(folder))
    })
    .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
    .collect()
}

fn wait_for<T>(what: &str, look: impl Fn() -> Option<T>) -> Result<T, String> {
    let began = Instant::now();
    while began.elapsed() < PATIENCE {
        if let Some(found) = look() {
            return Ok(found);
        }
        yield_now();
    }
    Err(format!("{what} did not come"))
}

fn is_gone(folder: &Path) -> Result<(), String> {
    wait_for("the kernel's end", || {
        processes_in(folder).is_empty().then_some(())
    })
}

fn ended_early(folder: &TempDir, words: &str) -> Result<(), String> {
    let recording = Recording::read(&folder.path().join("runs/long"));
    let recording = recording.map_err(|error| error.to_string())?;
    match &recording.info.ended {
        Ended::Complete => Err("the run is said to be complete".to_owned()),
        ended if !format!("{ended:?}").contains(words) => Err(format!("{ended:?}")),
        _ => Ok(()),
    }
}

fn wall_limit(lab: Lab) -> Result<(), String> {
    let running = Running::start(lab, &["--wall-limit=1"])?;
    let its_folder = running.its_folder()?;
    let (exit, said, folder) = running.end()?;
    if exit != Some(1) {
        return Err(format!("exit code {exit:?}: {said}"));
    }
    is_gone(&its_folder)?;
    ended_early(&folder, "wall limit of 1 s")
}

fn ctrl_c(lab: Lab) -> Result<(), String> {
    let running = Running::start(lab, &[])?;
    let its_folder = running.its_folder()?;
    running.signal(Signal::SIGINT)?;
    let (exit, said, folder) = running.end()?;
    is_gone(&its_folder)?;
    if its_folder.exists() {
        return Err("the run's folder is left".to_owned());
    }
    // The signal may have come before the kernel began: then there is nothing to keep.
    match said.contains("was cancelled before") {
        true if exit == Some(1) => Ok(()),
        _ => ended_early(&folder, "interrupted"),
    }
}

fn killed_lab(lab: Lab) -> Result<(), String> {
    let running = Running::start(lab, &[])?;
    let its_folder = running.its_folder()?;
    running.signal(Signal::SIGKILL)?;
    running.end()?;
    is_gone(&its_folder)?;
    if !its_folder.exists() {
        return Err("nothing is left to be swept: the test shows nothing".to_owned());
    }
    let next = Running::start(lab, &["--wall-limit=1"])?;
    next.end()?;
    match its_folder.exists() {
        true => Err("what a killed lab left is not swept".to_owned()),
        false => Ok(()),
    }
}

fn killed_kernel(lab: Lab) -> Result<(), String> {
    let running = Running::start(lab, &[])?;
    let its_folder = running.its_folder()?;
    // A kernel that ends before the guest's first word is one that does not boot.
    wait_for("the guest's first word", || {
        let answer = fs::metadata(its_folder.join("answer")).ok()?;
        (answer.len() > 0).then_some(())
    })?;
    let kernel = processes_in(&its_folder).into_iter().min();
    let kernel = kernel.ok_or("the kernel has gone by itself")?;
    kill(Pid::from_raw(kernel), Signal::SIGKILL).map_err(|error| error.to_string())?;
    let (exit, said, _) = running.end()?;
    is_gone(&its_folder)?;
    match said.contains("the kernel died while running the scenario") && exit == Some(1) {
        true => Ok(()),
        false => Err(format!("exit code {exit:?}: {said}")),
    }
}
