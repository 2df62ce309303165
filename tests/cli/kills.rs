//! Tests `kill -9` at random moments of every writing verb: files of others are
//! untouched, no partial file counts as complete, and the next command works.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use fastrand::Rng;
use recording::{Ended, Recording};
use tempfile::TempDir;
use tests::{FreshCache, Lab, lesson};

use crate::Body;
use crate::answer::Answer;
use crate::killed::{nothing_runs_with, unfinished_is_gone};
use crate::live::read_file;

pub(crate) const ALL: &[(&str, Body)] = &[("killed-at-random-moments", some)];

/// `SCTP_LAB_KILLS` says how many kills, `SCTP_LAB_KILL_SEED` at which moments.
pub(crate) const LONG: &[(&str, Body)] = &[("soak-killed", many)];

const SCENARIO: &str = "one-way-loss";

/// So many tries that one of the moments falls before the end, nearly for certain.
const TRIES: usize = 50;

fn some(lab: Lab) -> Result<(), String> {
    kill(lab, 24, 1)
}

fn many(lab: Lab) -> Result<(), String> {
    let number = |name: &str, otherwise| match std::env::var(name) {
        Ok(said) => said.parse().map_err(|_| format!("{name}={said}")),
        Err(_) => Ok(otherwise),
    };
    let kills = number("SCTP_LAB_KILLS", 1000)?;
    kill(lab, kills, number("SCTP_LAB_KILL_SEED", 1)?)
}

fn kill(lab: Lab, kills: u64, seed: u64) -> Result<(), String> {
    let mut rng = Rng::with_seed(seed);
    let mut world = World::new(lab)?;
    let mut struck = [0; VERBS.len()];
    for number in 0..kills {
        // A kernel takes longer to prepare than all else, so fewer of the kills strike
        // then.
        let verb = match rng.u32(0..100) {
            0..40 => Verb::Run,
            40..70 => Verb::Capture,
            70..90 => Verb::Report,
            _ => Verb::Prepare,
        };
        let moment = world.strike(verb, &mut rng)?;
        struck[verb as usize] += 1;
        let checked = world.is_whole().and_then(|()| match number % 10 {
            9 => world.all_work(),
            _ => world.reads_work(),
        });
        if number % 100 == 99 {
            println!("{} of {kills}", number + 1);
        }
        checked.map_err(|error| {
            format!("kill {number} of seed {seed}, {verb:?} at {moment:?}: {error}")
        })?;
    }
    world.all_work()?;
    println!("killed before they had ended: {VERBS:?} {struck:?}");
    Ok(())
}

/// The verbs that write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verb {
    Run,
    Capture,
    Report,
    /// A run whose kernel has to be booted and saved first.
    Prepare,
}

const VERBS: [Verb; 4] = [Verb::Run, Verb::Capture, Verb::Report, Verb::Prepare];

/// A user's folder, in which the lab works.
struct World {
    lab: Lab,
    folder: TempDir,
    cache: FreshCache,
    /// How long each verb takes to its end, by its last run that ended.
    spans: [Duration; VERBS.len()],
    /// The number of packets in a whole capture.
    packets: usize,
}

/// The user's own files there. Each contains its own name.
const PRECIOUS: [&str; 5] = [
    "runs/notes.txt",
    "runs/thesis/main.tex",
    "runs/one-way-loss.thesis.part/main.tex",
    "runs/one-way-loss.abc123.part/main.tex",
    "captures/notes.txt",
];

impl World {
    fn new(lab: Lab) -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        for name in PRECIOUS {
            let path = folder.path().join(name);
            let parent = path.parent().unwrap_or(folder.path());
            fs::create_dir_all(parent)
                .and_then(|()| fs::write(&path, name))
                .map_err(|error| error.to_string())?;
        }
        let mut world = Self {
            lab,
            folder,
            cache: FreshCache::new()?,
            spans: [Duration::ZERO; VERBS.len()],
            packets: 0,
        };
        for verb in VERBS {
            let began = Instant::now();
            Answer::of(&mut world.command(verb))?.exits(0)?;
            world.spans[verb as usize] = began.elapsed();
        }
        world.cache = FreshCache::new()?;
        world.packets = read_file(&world.path("call.pcapng"))?.len();
        world.is_whole()?;
        Ok(world)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, verb: Verb) -> Command {
        let mut command = self.lab.command();
        command.current_dir(self.folder.path());
        let scenario = lesson(SCENARIO).path;
        match verb {
            Verb::Run => {
                command.args(["run", "--engine=vm", "--quiet", "--junit=junit.xml"]);
                command.arg(scenario);
            }
            Verb::Capture => {
                command.arg("capture").arg(scenario);
                command.args(["--engine=vm", "--to=call.pcapng", "--split=captures"]);
                command.args(["--out=live"]);
            }
            Verb::Report => {
                command.args(["report", "runs"]);
            }
            Verb::Prepare => {
                command.args(["run", "--engine=vm", "--quiet", "--out=prepared"]);
                command.arg(scenario);
                command.env("SCTP_LAB_CACHE", self.cache.path());
            }
        }
        command
    }

    /// Kills the verb at a random moment before its end, and returns that moment.
    fn strike(&mut self, verb: Verb, rng: &mut Rng) -> Result<Duration, String> {
        for _ in 0..TRIES {
            let moment = self.spans[verb as usize].mul_f64(rng.f64());
            match (self.kill_at(verb, moment)?, verb) {
                (None, _) => return Ok(moment),
                // The machine was saved before the kill came: a new cache has no machine.
                (Some(_), Verb::Prepare) => self.cache = FreshCache::new()?,
                // The verb was faster than before.
                (Some(span), _) => self.spans[verb as usize] = span,
            }
        }
        Err(format!(
            "{verb:?} had ended {TRIES} times before the moment came"
        ))
    }

    /// Kills the verb at this moment. Returns how long the verb took if it had ended by
    /// then.
    fn kill_at(&self, verb: Verb, moment: Duration) -> Result<Option<Duration>, String> {
        let mut command = self.command(verb);
        let began = Instant::now();
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| error.to_string())?;
        let mut status = None;
        while status.is_none() && began.elapsed() < moment {
            sleep(Duration::from_millis(1).min(moment));
            status = child.try_wait().map_err(|error| error.to_string())?;
        }
        let span = began.elapsed();
        let _ = child.kill();
        let status = child.wait().map_err(|error| error.to_string())?;
        if verb == Verb::Prepare {
            nothing_runs_with(self.cache.path())?;
        }
        match status.code() {
            None => Ok(None),
            Some(0) => Ok(Some(span)),
            Some(code) => Err(format!("{verb:?}: exit code {code}")),
        }
    }

    /// The user's files are untouched, and every recording and capture with its final name
    /// is whole.
    fn is_whole(&self) -> Result<(), String> {
        for name in PRECIOUS {
            let there = fs::read_to_string(self.path(name));
            if there.as_deref().ok() != Some(name) {
                return Err(format!("{name}: {there:?}"));
            }
        }
        for name in ["runs", "live", "prepared"] {
            whole_recording(&self.path(name).join(SCENARIO))?;
        }
        let seen = read_file(&self.path("call.pcapng"))?.len();
        let hosts: Result<Vec<usize>, String> = ["client", "server"]
            .iter()
            .map(|host| Ok(read_file(&self.path(&format!("captures/{host}.pcapng")))?.len()))
            .collect();
        let hosts: usize = hosts?.iter().sum();
        if seen != self.packets || hosts != self.packets {
            let all = self.packets;
            return Err(format!("{seen} packets and {hosts} by host, of {all}"));
        }
        for (name, end) in [("report.html", "</html>"), ("junit.xml", "</testsuites>")] {
            let text = fs::read_to_string(self.path(name)).map_err(|error| error.to_string())?;
            if !text.trim_end().ends_with(end) {
                return Err(format!("{name} is cut off"));
            }
        }
        Ok(())
    }

    fn reads_work(&self) -> Result<(), String> {
        let recording = self.path("runs").join(SCENARIO);
        let mut check = self.lab.command();
        Answer::of(check.arg("check").arg(recording))?.exits(0)?;
        Ok(())
    }

    /// The next command that writes there clears away what a kill has left, except captures
    /// that were cut off, which may be of worth.
    fn all_work(&mut self) -> Result<(), String> {
        for verb in VERBS {
            Answer::of(&mut self.command(verb))?.exits(0)?;
        }
        nothing_runs_with(self.cache.path())?;
        unfinished_is_gone(self.cache.path())?;
        self.cache = FreshCache::new()?;
        for name in ["runs", "live", "prepared"] {
            let left = left_over(&self.path(name))?;
            if !left.is_empty() {
                return Err(format!("left over: {left:?}"));
            }
        }
        self.is_whole()
    }
}

fn whole_recording(folder: &Path) -> Result<(), String> {
    let recording =
        Recording::read(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    match (recording.packets.is_empty(), &recording.info.ended) {
        (false, Ended::Complete) => Ok(()),
        (_, ended) => Err(format!("{}: {ended:?}", folder.display())),
    }
}

/// The folders beside the recording that are not the user's.
fn left_over(runs: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(runs).map_err(|error| error.to_string())?;
    let paths = entries.flatten().map(|entry| entry.path());
    Ok(paths
        .filter(|path| path.is_dir() && !path.join("main.tex").exists())
        .filter(|path| path.file_name().is_none_or(|name| name != SCENARIO))
        .collect())
}
