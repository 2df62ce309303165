//! Loads a capture for the view: its packets, the lines of its ladder, and the findings
//! of `diagnose`.

mod grown;

use std::cell::RefCell;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use diagnose::{Follower, findings};
use trace::CaptureError;
use view::{Board, Finding, Load};

use crate::args::ClockChoice;
use crate::console;
use crate::exit::Exit;
use crate::known::Known;
use crate::verb::diagnose::follow;

/// The pause before a file is read again, as a multiple of the time that reading took.
const REST: u32 = 4;
/// The least pause.
const LEAST_REST: Duration = Duration::from_millis(500);

/// A file that is read, and read on while it grows. The file is read again from its beginning
/// if the lab wrote it and it has grown, if packets come between new addresses, or if
/// another file has taken its place.
pub(super) struct Reading {
    file: PathBuf,
    follows: bool,
    /// The length of the file when it was read; `None` if it is to be read again in any case.
    length: Option<u64>,
    /// The time that reading up to the end took.
    took: Duration,
    failure: Failure,
}

/// Why there is nothing to show.
#[derive(Clone, Default)]
pub(super) struct Failure(Arc<Mutex<Option<(String, Exit)>>>);

impl Failure {
    fn set(&self, error: &ReadingError) {
        let exit = match error {
            ReadingError::Capture(error) => Exit::of_capture(error),
            ReadingError::Kept(_) => Exit::CannotRun,
        };
        let mut slot = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *slot = Some((error.to_string(), exit));
    }

    /// Prints the failure, and returns the exit code.
    pub(super) fn tell(&self) -> Exit {
        let slot = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some((words, exit)) = &*slot else {
            return Exit::Fault;
        };
        console::error(words);
        *exit
    }
}

#[derive(Debug, thiserror::Error)]
enum ReadingError {
    #[error(transparent)]
    Capture(#[from] CaptureError),
    /// The temporary file that holds the packets cannot be written or read.
    #[error("the temporary file in {}: {}", std::env::temp_dir().display(), .0)]
    Kept(#[from] io::Error),
}

impl Reading {
    pub(super) fn new(file: PathBuf, follows: bool) -> Self {
        Self {
            file,
            follows,
            length: None,
            took: Duration::ZERO,
            failure: Failure::default(),
        }
    }

    pub(super) fn failure(&self) -> Failure {
        self.failure.clone()
    }

    fn try_to(&mut self, board: &Board) -> Result<(), ReadingError> {
        let begin = Instant::now();
        let capture = trace::open(&self.file)?;
        // Packets that come later have addresses as they were captured, not translated ones.
        let known = Known::of(match self.follows {
            true => capture.as_captured(),
            false => capture,
        })?;
        let gutter = known.gutter(ClockChoice::Day);
        if let (Known::Surveyed(survey), true) = (&known, self.follows) {
            let hosts = (known.hosts(), gutter);
            self.took = grown::read_on(&self.file, board, survey, hosts, begin)?;
            self.length = None;
            return Ok(());
        }
        board.put(known.hosts(), gutter, |filling, hosts| {
            let damage = RefCell::new(None);
            let packets = known.packets(trace::open(&self.file)?).up_to(&damage);
            let packets = packets.inspect(|it| filling.packet(it.number_in_file(), it));
            for line in report::lines(hosts, known.setting(), packets, [], true) {
                filling.line(&line, hosts)?;
            }
            // A file that is being written may end in the middle of a packet.
            let damage = damage.into_inner().filter(|_| !self.follows);
            let found = found_in(&self.file);
            Ok::<_, ReadingError>((found, damage.map(|it| it.to_string())))
        })?;
        self.took = begin.elapsed();
        Ok(())
    }
}

impl Load for Reading {
    fn load(&mut self, board: &Board) -> Option<Duration> {
        self.length = length(&self.file);
        if let Err(error) = self.try_to(board) {
            self.failure.set(&error);
            board.say(&error.to_string());
        }
        let rest = (self.took * REST).max(LEAST_REST);
        self.follows.then_some(rest)
    }

    fn has_grown(&mut self) -> bool {
        self.length.is_none() || length(&self.file) != self.length
    }
}

fn length(file: &Path) -> Option<u64> {
    fs::metadata(file).ok().map(|it| it.len())
}

fn found_in(file: &Path) -> Vec<Finding> {
    // A fault of the file has been reported by then.
    match follow(&[file.to_owned()]) {
        Ok((follower, _)) => found_by(&follower),
        Err(_) => Vec::new(),
    }
}

fn found_by(follower: &Follower) -> Vec<Finding> {
    let Some((_, end)) = follower.span else {
        return Vec::new();
    };
    let several = follower.associations.len() > 1;
    let all = follower.associations.iter().enumerate();
    let found = all.flat_map(|(number, it)| {
        findings(it, end)
            .into_iter()
            .map(move |(kind, found)| Finding {
                words: match several {
                    true => format!("#{} {}", number + 1, found.words),
                    false => found.words,
                },
                remedy: kind.remedy.to_owned(),
                packets: found.packets.named().iter().map(|it| it.number).collect(),
            })
    });
    found.collect()
}
