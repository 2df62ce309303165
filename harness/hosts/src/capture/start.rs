//! Starts a capture on all targets.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use pcapng::Interface;
use process::{Interrupt, TimeLimit};

use super::Capture;
use super::connection::{Connection, without};
use super::far_end::{FarEnd, Note, SCRIPT};
use super::inputs::Inputs;
use super::merge::Merge;
use crate::lack::Lack;
use crate::target::Target;

/// Why a capture did not start. No capturer is left at any target then.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The capture was stopped before all targets had started.
    #[error("stopped before all targets had started")]
    Stopped,
    /// Some targets cannot be captured on.
    #[error("{}", failures(.0))]
    Targets(Vec<(String, Lack)>),
}

fn failures(failures: &[(String, Lack)]) -> String {
    let lines: Vec<String> = failures
        .iter()
        .map(|(name, lack)| format!("{name}: {lack}"))
        .collect();
    lines.join("\n")
}

/// How far the start of a target has come.
#[derive(Default)]
struct Progress {
    connected: Option<Option<Connection>>,
    listening: bool,
    header: Option<Interface>,
    over: Option<Lack>,
    time_limit: Option<TimeLimit>,
}

impl Progress {
    fn is_connected(&self) -> bool {
        self.over.is_some() || self.connected.is_some()
    }

    fn has_started(&self) -> bool {
        self.over.is_some() || (self.listening && self.header.is_some())
    }

    fn take(&mut self, note: Note) {
        match note {
            Note::Connected(connection) => self.connected = Some(connection),
            Note::Listening => self.listening = true,
            Note::Header(interface) => self.header = Some(interface),
            Note::Over(lack) => self.over = Some(lack),
        }
    }
}

impl Capture {
    /// Starts a capture on every target, or on none. Returns when each target captures.
    ///
    /// The lab's own ssh connections to all targets are left out of the capture.
    ///
    /// A target that has not started after `limit` counts as one that cannot be captured
    /// on.
    ///
    /// On `interrupt` the far ends hand over their packets and end. The capture gives all
    /// these packets before it ends. A packet of the last moment, which tcpdump has not
    /// taken from its kernel yet, may be missing.
    ///
    /// # Errors
    /// [`StartError::Targets`] with each target that cannot be captured on; the capturers
    /// of the others have ended by then. [`StartError::Stopped`] where `interrupt` came
    /// first.
    pub fn start(
        targets: &[Target],
        interrupt: &Interrupt,
        limit: Duration,
    ) -> Result<Self, StartError> {
        let (notes, heard) = mpsc::channel();
        let inputs = Inputs::default();
        let held = interrupt.on_call({
            let inputs = inputs.clone();
            move || inputs.stop()
        });
        let mut capture = Self {
            interfaces: Vec::new(),
            merge: Arc::new(Merge::new(targets.len())),
            inputs: inputs.clone(),
            _held: held,
            threads: Vec::new(),
        };
        let mut all: Vec<Progress> = targets.iter().map(|_| Progress::default()).collect();
        for (index, (target, progress)) in targets.iter().zip(&mut all).enumerate() {
            let mut child = match target.ssh().start(&target.command(SCRIPT)) {
                Ok(child) => child,
                Err(error) => {
                    progress.over = Some(Lack::of_ssh(target, error));
                    continue;
                }
            };
            let time_limit = process::end_after(&child, limit);
            inputs.keep(index, child.stdin.take(), time_limit.clone());
            progress.time_limit = Some(time_limit);
            let far_end = FarEnd {
                index,
                target: target.clone(),
                merge: Arc::clone(&capture.merge),
                notes: notes.clone(),
                inputs: inputs.clone(),
            };
            capture.threads.push(far_end.listen(child));
        }
        drop(notes);
        // Each filter leaves out the connections to all targets, so all must be known
        // first.
        hear_until(&heard, &mut all, Progress::is_connected);
        let connections: Vec<Connection> = all.iter().filter_map(|it| it.connected?).collect();
        for (index, target) in targets.iter().enumerate() {
            let filter = without(&target.filter, &connections);
            inputs.say(index, &format!("{}\n{filter}\n", target.interface));
        }
        hear_until(&heard, &mut all, Progress::has_started);
        if inputs.is_stopped() {
            return Err(StartError::Stopped);
        }
        inputs.let_go_on();
        let mut lacks = Vec::new();
        for (target, progress) in targets.iter().zip(all) {
            let was_silent = progress
                .time_limit
                .is_some_and(|time_limit| time_limit.has_struck());
            match progress.over {
                Some(_) if was_silent => {
                    let silent = target.ssh().silent(limit);
                    lacks.push((target.name.clone(), Lack::of_ssh(target, silent)));
                }
                Some(lack) => lacks.push((target.name.clone(), lack)),
                None => {}
            }
            capture
                .interfaces
                .extend(progress.header.map(|header| Interface {
                    name: Some(format!("{}/{}", target.name, target.interface)),
                    description: Some(format!("{}, {}", target.host, target.filter)),
                    ..header
                }));
        }
        match lacks.is_empty() {
            true => Ok(capture),
            false => Err(StartError::Targets(lacks)),
        }
    }
}

/// Takes notes of the far ends until `far` holds for all of them.
fn hear_until(
    heard: &Receiver<(usize, Note)>,
    all: &mut [Progress],
    far: impl Fn(&Progress) -> bool,
) {
    while !all.iter().all(&far) {
        match heard.recv() {
            Ok((index, note)) => all[index].take(note),
            Err(_) => return,
        }
    }
}
