//! All outputs of a capture, opened before the capture starts.

use std::collections::BTreeSet;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, IsTerminal};
use std::os::fd::AsFd;
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use disk::FileDraft;

use super::error::OutputError;
use super::file::{CaptureFile, Rotation};
use super::lanes::Lanes;
use super::output::Output;
use super::queue::{Close, WhenFull};
use super::split::Split;
use super::stream::Stream;

/// A destination of a capture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// Standard output.
    Standard,
    /// A file; a named pipe if there is one at this path.
    Path(PathBuf),
    /// A folder with a file for each host.
    Folder(PathBuf),
}

/// The open outputs of a capture.
#[derive(Debug)]
pub struct Outputs {
    pub(crate) all: Vec<Output>,
    /// Folders that were made for this capture, and are still empty.
    made: Vec<PathBuf>,
}

/// A destination that is open, before its thread starts.
enum Open {
    Standard(File),
    Pipe(PathBuf),
    File(CaptureFile),
    Split(Split),
}

impl Outputs {
    /// Opens all destinations or none: no file is changed if one cannot be opened.
    ///
    /// # Errors
    /// Every destination that cannot be opened.
    pub fn open(
        destinations: &[Destination],
        rotation: Option<Rotation>,
    ) -> Result<Self, Vec<OutputError>> {
        let mut errors = Vec::new();
        let mut names = BTreeSet::new();
        let mut made = Vec::new();
        let mut opened = Vec::new();
        for destination in destinations {
            let name = destination.to_string();
            if !names.insert(destination.place()) {
                errors.push(OutputError::Twice(name.into()));
                continue;
            }
            match open(destination, rotation, &mut made) {
                Ok(open) => opened.push((name, open)),
                Err(error) => errors.push(error),
            }
        }
        if !errors.is_empty() {
            remove(&made);
            return Err(errors);
        }
        let outputs = opened.into_iter().map(|(name, open)| match open {
            Open::Standard(file) => Output::of_sink(name, WhenFull::Miss, Stream::new(file)),
            Open::File(file) => Output::of_sink(name, WhenFull::Wait, file),
            Open::Split(split) => Output::of_sink(name, WhenFull::Wait, split),
            Open::Pipe(path) => Output::of_pipe(name, path),
        });
        let all = outputs.collect();
        Ok(Self { all, made })
    }

    /// The named pipes among the outputs, with their readers.
    #[must_use]
    pub fn readers(&self) -> Readers {
        let pipes = self.all.iter().filter(|output| output.is_pipe);
        let pipes = pipes.map(|output| (output.name.clone(), Arc::clone(&output.lanes)));
        Readers(pipes.collect())
    }

    /// Leaves files and folders as they were: there will be no capture.
    pub fn withdraw(self) {
        for output in self.all {
            output.lanes.close(Close::GivenUp);
            output.report();
        }
        remove(&self.made);
    }
}

/// The named pipes of a capture, with their readers.
#[derive(Clone, Debug)]
pub struct Readers(Vec<(String, Arc<Lanes>)>);

impl Readers {
    /// The names of the pipes.
    pub fn pipes(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// Waits until `count` readers have come to each pipe, or until the wait is given up.
    pub fn wait(&self, count: usize) {
        self.0.iter().for_each(|(_, lanes)| lanes.wait_for(count));
    }

    /// Ends the wait, from another thread, and closes the pipes: the streams of their
    /// readers end.
    pub fn give_up(&self) {
        self.0
            .iter()
            .for_each(|(_, lanes)| lanes.close(Close::Whole));
    }
}

fn open(
    destination: &Destination,
    rotation: Option<Rotation>,
    made: &mut Vec<PathBuf>,
) -> Result<Open, OutputError> {
    match destination {
        Destination::Standard => {
            let out = io::stdout();
            if out.is_terminal() {
                return Err(OutputError::Terminal);
            }
            let file = out.as_fd().try_clone_to_owned();
            file.map(|file| Open::Standard(file.into()))
                .map_err(OutputError::StandardOutput)
        }
        Destination::Path(path) if is_pipe(path) => match rotation {
            None => Ok(Open::Pipe(path.clone())),
            Some(_) => Err(OutputError::RotatedPipe(path.clone())),
        },
        Destination::Path(path) => {
            let file = CaptureFile::open(path, rotation).map_err(failed(path))?;
            Ok(Open::File(file))
        }
        Destination::Folder(folder) => {
            if !folder.exists() {
                made.push(folder.clone());
            }
            fs::create_dir_all(folder).map_err(failed(folder))?;
            // Tests whether files can be made in the folder.
            FileDraft::begin(&folder.join("capture")).map_err(failed(folder))?;
            Ok(Open::Split(Split::new(folder, rotation)))
        }
    }
}

/// Removes folders that were made. A folder that is gone already, or no longer empty, is no
/// error.
fn remove(made: &[PathBuf]) {
    for path in made {
        let _ = fs::remove_dir(path);
    }
}

fn is_pipe(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|file| file.file_type().is_fifo())
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> OutputError {
    let path = path.to_owned();
    move |source| OutputError::Io { path, source }
}

impl Destination {
    /// A path that two destinations share if they would write over each other.
    fn place(&self) -> PathBuf {
        match self {
            Self::Standard => PathBuf::from("-"),
            Self::Path(path) | Self::Folder(path) => {
                let real = fs::canonicalize(path).or_else(|_| std::path::absolute(path));
                real.unwrap_or_else(|_| path.clone())
            }
        }
    }
}

impl fmt::Display for Destination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Standard => f.write_str("standard output"),
            Self::Path(path) | Self::Folder(path) => path.display().fmt(f),
        }
    }
}
