//! Starts programs, and sends them signals.

use std::cell::RefCell;
use std::io::Write;
use std::os::unix::process::CommandExt;
use std::process::{ChildStdin, Command, Stdio};
use std::rc::Rc;

use net::Network;
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use recording::{Event, Output};
use tokio::sync::{Notify, oneshot};

use super::follow::Followed;
use super::lines::Lines;
use super::{Program, Running};
use crate::step_error::StepError;

impl Program {
    /// Starts the program in its node, and returns when it is ready.
    pub(crate) async fn start(self: &Rc<Self>, network: &Network) -> Result<(), StepError> {
        let config = self.config();
        let name = &config.name;
        if self.runs() {
            return Err(StepError::new(format!("{name} still runs")));
        }
        let node = network.node(config.node.as_str())?;
        let program = Rc::downgrade(self);
        self.watch
            .follow(config.node.as_str(), network, move |seen| {
                let program = program.upgrade();
                program.map(|it| it.look(Some(seen))).is_some()
            })?;
        let from = self.journal.len();
        self.launch(|command| node.house(command))?;
        let Some(ready) = &config.ready else {
            return Ok(());
        };
        let at = name.as_str();
        let news = self.journal.wait_for(from, |_, it| match &it.event {
            Event::Output { endpoint, line, .. } => endpoint == at && ready.output.is_in(line),
            Event::ProgramEnded { endpoint, .. } => endpoint == at,
            _ => false,
        });
        let news = tokio::time::timeout(ready.within, news).await;
        let said = |words: String| {
            let last = self.last_words();
            let last = last.map_or_else(
                || "it wrote nothing (a program may hold back what it writes into a pipe)".into(),
                |line| format!("its last output: {line}"),
            );
            Err(StepError::new(format!("{words}; {last}")))
        };
        match news {
            Ok(index) => match self.journal.get(index) {
                Some(Event::ProgramEnded { end, .. }) => {
                    said(format!("{name} ended before it was ready: {end}"))
                }
                _ => Ok(()),
            },
            Err(_) => said(format!(
                "{name} was not ready within {} s: no line had {}",
                ready.within.as_secs_f64(),
                ready.output
            )),
        }
    }

    /// Starts the program, after `house` has set the network namespace of the command.
    fn launch(
        &self,
        house: impl FnOnce(&mut Command) -> std::io::Result<()>,
    ) -> Result<(), StepError> {
        let config = self.config();
        let mut command = Command::new(&self.path);
        command
            .args(&config.arguments)
            .env_clear()
            .env(
                "PATH",
                "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            )
            .env("HOME", self.folder.path())
            .env("TMPDIR", self.folder.path())
            .env("LANG", "C.UTF-8")
            .envs(config.environment.iter().map(|(name, value)| (name, value)))
            .current_dir(self.folder.path())
            .process_group(0)
            .stdin(match config.input {
                Some(_) => Stdio::piped(),
                None => Stdio::null(),
            })
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        // The program ends with the lab, however the lab ends.
        process::tie(&mut command);
        house(&mut command)?;
        let failed =
            |error: std::io::Error| StepError::new(format!("{}: {error}", self.path.display()));
        let mut child = command.spawn().map_err(failed)?;
        self.journal.note(Event::ProgramStarted {
            endpoint: config.name.to_string(),
            program: config.program.clone(),
            arguments: config.arguments.clone(),
        });
        if let (Some(input), Some(pipe)) = (&config.input, child.stdin.take()) {
            feed(input, pipe);
        }
        let (Some(out), Some(err)) = (child.stdout.take(), child.stderr.take()) else {
            return Err(StepError::new(format!("{} has no output", config.name)));
        };
        let streams = [
            Lines::of(Output::Stdout, out)?,
            Lines::of(Output::Stderr, err)?,
        ];
        let (ended, end) = oneshot::channel();
        process::on_end(&child, move || ended.send(()).is_ok());
        let child = Rc::new(RefCell::new(Some(child)));
        let gone = Rc::new(Notify::new());
        let followed = Followed {
            endpoint: config.name.clone(),
            journal: Rc::clone(&self.journal),
            child: Rc::clone(&child),
            gone: Rc::clone(&gone),
            watch: Rc::clone(&self.watch),
            streams,
            end,
        };
        let follower = tokio::task::spawn_local(followed.follow());
        *self.running.borrow_mut() = Some(Running {
            child,
            gone,
            follower,
        });
        Ok(())
    }

    /// Sends a signal to the program and to all that it has started in its process group.
    pub(crate) fn signal(&self, signal: scenario::Signal) -> Result<(), StepError> {
        let signal: Signal = signal.constant().parse()?;
        let running = self.running.borrow();
        let child = running.as_ref().map(|it| it.child.borrow());
        let Some(child) = child.as_ref().and_then(|it| it.as_ref()) else {
            return Err(StepError::new(format!(
                "{} does not run",
                self.config().name
            )));
        };
        // The standard library holds a `pid_t` as `u32`.
        let group = Pid::from_raw(child.id().cast_signed());
        Ok(killpg(group, signal)?)
    }

    /// Whether the program was started and has not ended since.
    fn runs(&self) -> bool {
        let running = self.running.borrow();
        running
            .as_ref()
            .is_some_and(|it| it.child.borrow().is_some())
    }

    fn last_words(&self) -> Option<String> {
        let config = self.config();
        self.journal.last(|it| match &it.event {
            Event::Output { endpoint, line, .. }
                if endpoint == config.name.as_str() && !line.trim().is_empty() =>
            {
                Some(line.clone())
            }
            _ => None,
        })
    }
}

/// Writes the program's input from a thread of its own: a program that does not read must
/// not hold up the run.
fn feed(input: &str, mut pipe: ChildStdin) {
    let input = format!("{input}\n");
    std::thread::spawn(move || {
        // A program may end before it has read all its input: that is no error.
        let _ = pipe.write_all(input.as_bytes());
    });
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::time::Duration;

    use recording::ProgramEnd;

    use super::*;
    use crate::clock::Clock;
    use crate::journal::Journal;
    use crate::program::{ProgramFile, open};

    fn config(arguments: &[&str], input: Option<&str>) -> scenario::Program {
        let source = "title: a program\nnodes: [a, b]\n\
             links:\n  x: {a: 10.0.1.1/24, b: 10.0.1.2/24}\n\
             endpoints:\n  it: {node: a, program: sh, env: {COLOUR: blue}}\n\
             steps:\n  - start: it\n  - expect: {at: it, exited: 0, within: 1s}\n";
        let scenario = scenario::parse("a-program", source);
        let mut program = scenario
            .map_err(|_| "it is a good one")
            .unwrap()
            .programs
            .remove(0);
        program.arguments = arguments.iter().map(|it| (*it).to_owned()).collect();
        program.input = input.map(str::to_owned);
        program
    }

    /// Runs a shell with these arguments on this machine's own network, does `act`
    /// meanwhile, and returns the events up to the shell's end.
    fn noted<A: Future<Output = ()>>(
        config: scenario::Program,
        act: impl FnOnce(Rc<Program>, Rc<Journal>) -> A,
    ) -> Vec<Event> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let journal = Rc::new(Journal::new(Clock::start()));
        let file = ProgramFile {
            path: "/bin/sh".into(),
            named: true,
        };
        let files = BTreeMap::from([("sh".to_owned(), file)]);
        let run = async {
            let programs = open(&[config], &files, &journal, &Rc::default()).unwrap();
            let program = programs.into_values().next().unwrap();
            program.launch(|_| Ok(())).unwrap();
            act(Rc::clone(&program), Rc::clone(&journal)).await;
            let ended = journal.wait_for(0, |_, it| matches!(it.event, Event::ProgramEnded { .. }));
            let ended = tokio::time::timeout(Duration::from_secs(60), ended).await;
            assert!(ended.is_ok(), "it has not ended");
            let folder = program.folder.path().to_owned();
            drop(program);
            assert!(!folder.exists(), "its folder is left");
        };
        tokio::task::LocalSet::new().block_on(&runtime, run);
        journal.take().into_iter().map(|it| it.event).collect()
    }

    fn lines(events: &[Event], wanted: Output) -> Vec<&str> {
        let lines = events.iter().filter_map(|event| match event {
            Event::Output { stream, line, .. } if *stream == wanted => Some(line.as_str()),
            _ => None,
        });
        lines.collect()
    }

    fn end(events: &[Event]) -> &ProgramEnd {
        match events.last() {
            Some(Event::ProgramEnded { end, .. }) => end,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_it_writes_is_noted_before_its_end() {
        let script = "echo $COLOUR; echo oh >&2; test \"$PWD\" = \"$HOME\" && cat; exit 7";
        let events = noted(config(&["-c", script], Some("input")), |_, _| async {});
        assert_eq!(lines(&events, Output::Stdout), ["blue", "input"]);
        assert_eq!(lines(&events, Output::Stderr), ["oh"]);
        assert_eq!(*end(&events), ProgramEnd::Exited { status: 7 });
        assert!(matches!(events[0], Event::ProgramStarted { .. }));
    }

    #[test]
    fn a_signal_ends_it_with_all_that_it_has_started() {
        // The child of the shell holds the pipe open: the follower returns only when that
        // child is gone too.
        let script = "sleep 1000 & echo $!; wait";
        let events = noted(
            config(&["-c", script], None),
            |program, journal| async move {
                let is_line =
                    |_, it: &recording::Observation| matches!(it.event, Event::Output { .. });
                journal.wait_for(0, is_line).await;
                assert!(program.runs());
                program.signal(signal("KILL")).unwrap();
            },
        );
        let signal = "SIGKILL".to_owned();
        assert_eq!(*end(&events), ProgramEnd::Signalled { signal });
    }

    #[test]
    fn one_that_writes_without_end_fills_no_memory() {
        let script = "i=0; while [ $i -lt 20000 ]; do echo $i; i=$((i+1)); done";
        let events = noted(config(&["-c", script], None), |_, _| async {});
        let lines = lines(&events, Output::Stdout);
        assert_eq!(lines.len(), 10_000);
        assert!(lines[9_999].contains("left out"), "{}", lines[9_999]);
        assert_eq!(*end(&events), ProgramEnd::Exited { status: 0 });
    }

    fn signal(name: &str) -> scenario::Signal {
        let source = format!(
            "title: a signal\nnodes: [a, b]\n\
             links:\n  x: {{a: 10.0.1.1/24, b: 10.0.1.2/24}}\n\
             endpoints:\n  it: {{node: a, program: sh}}\n\
             steps:\n  - start: it\n  - signal: {{endpoint: it, signal: {name}}}\n  \
             - expect: {{at: it, signalled: {name}, within: 1s}}\n"
        );
        let scenario = scenario::parse("a-signal", &source);
        let scenario = scenario.map_err(|_| "it is a good one").unwrap();
        match &scenario.steps[1].action {
            scenario::Action::SendSignal(it) => it.signal,
            other => panic!("{other:?}"),
        }
    }
}
