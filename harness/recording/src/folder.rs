use std::io;
use std::path::{Path, PathBuf};

use disk::OpenFolder;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{FORMAT, Info, Recording, capture, format_1, keep};

/// The file with the run's data: what was run and how it ended.
pub const INFO: &str = "run.json";
/// The file with the text of the scenario.
pub const SCENARIO: &str = "scenario.yaml";
/// The file with the observations, one a line.
pub const OBSERVATIONS: &str = "observations.jsonl";
/// The file with the packets.
pub const CAPTURE: &str = "capture.pcapng";

/// All files of a recording.
pub(crate) const FILES: [&str; 4] = [INFO, SCENARIO, OBSERVATIONS, CAPTURE];

/// Greatest size of a file in bytes. A run keeps its observations in memory until its
/// end, and no guest has room for more.
fn longest(file: &str) -> u64 {
    match file {
        INFO => keep::LONGEST_INFO,
        SCENARIO => 4 << 20,
        _ => 256 << 20,
    }
}

/// Reason why a recording could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// A file system operation failed.
    #[error("{}: {error}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Error of the file system.
        error: io::Error,
    },
    /// The target exists and is no recording. It is not replaced.
    #[error("{} is in the way, and is no recording: {why}", path.display())]
    InTheWay {
        /// The target.
        path: PathBuf,
        /// Reason why it is no recording.
        why: String,
    },
    /// A file has invalid content.
    #[error("{file}, line {line}: {error}")]
    Json {
        /// The file.
        file: &'static str,
        /// The line, from 1.
        line: usize,
        /// The mistake.
        error: serde_json::Error,
    },
    /// A file is not text.
    #[error("{file} is not UTF-8 text")]
    NotText {
        /// The file.
        file: &'static str,
    },
    /// The recording has a format that this build does not know.
    #[error("the recording has format {found}, this build reads formats 1 to {FORMAT}")]
    Format {
        /// Format of the recording.
        found: u32,
    },
    /// The capture could not be written.
    #[error("{CAPTURE}: {0}")]
    CaptureWrite(#[from] pcapng::WriteError),
    /// The capture is damaged.
    #[error("{CAPTURE}: {0}")]
    CaptureRead(#[from] pcapng::ReadError),
    /// The capture has an interface that is not `node/link`.
    #[error("{CAPTURE}: interface `{0}` is not called `node/link`")]
    Interface(String),
    /// A bundle lacks a file.
    #[error("the bundle has no {0}")]
    Missing(&'static str),
    /// A bundle ends too early.
    #[error("the bundle ends in the middle of a file")]
    CutShort,
}

impl Recording {
    /// Reads a recording from its folder.
    ///
    /// # Errors
    ///
    /// Errors of the file system, and a file with invalid content.
    pub fn read(folder: &Path) -> Result<Recording, FolderError> {
        loop {
            let path = keep::found(folder);
            let at = |path: PathBuf| |error| FolderError::Io { path, error };
            let opened = OpenFolder::open(&path).map_err(at(path.clone()))?;
            let read = Recording::from_files(|name| {
                let file = opened.read(name, longest(name));
                file.map_err(at(path.join(name)))
            });
            // A recording that is being replaced may lose its files while it is read.
            if read.is_ok() || !opened.is_replaced() {
                return read;
            }
        }
    }

    pub(crate) fn to_files(&self) -> Result<[(&'static str, Vec<u8>); 4], FolderError> {
        let mut info = json(INFO, &self.info)?;
        info.push(b'\n');
        let mut observations = Vec::new();
        for observation in &self.observations {
            observations.extend(json(OBSERVATIONS, observation)?);
            observations.push(b'\n');
        }
        Ok([
            (INFO, info),
            (SCENARIO, self.scenario.clone().into_bytes()),
            (OBSERVATIONS, observations),
            (CAPTURE, capture::write(self)?),
        ])
    }

    pub(crate) fn from_files(
        mut file: impl FnMut(&'static str) -> Result<Vec<u8>, FolderError>,
    ) -> Result<Recording, FolderError> {
        let mut info: Info = parse(INFO, 1, &file(INFO)?)?;
        if ![format_1::FORMAT, FORMAT].contains(&info.format) {
            return Err(FolderError::Format { found: info.format });
        }
        let scenario = String::from_utf8(file(SCENARIO)?)
            .map_err(|_| FolderError::NotText { file: SCENARIO })?;
        let lines = file(OBSERVATIONS)?;
        let (interfaces, packets) = capture::read(&file(CAPTURE)?)?;
        let observations = match info.format {
            format_1::FORMAT => {
                info.format = FORMAT;
                format_1::observations(each_line(&lines)?, &packets).map_err(|(line, error)| {
                    FolderError::Json {
                        file: OBSERVATIONS,
                        line,
                        error,
                    }
                })?
            }
            _ => each_line(&lines)?.into_iter().map(|(_, it)| it).collect(),
        };
        Ok(Recording {
            info,
            scenario,
            interfaces,
            packets,
            observations,
        })
    }
}

fn json(file: &'static str, value: &impl Serialize) -> Result<Vec<u8>, FolderError> {
    serde_json::to_vec(value).map_err(|error| FolderError::Json {
        file,
        line: 0,
        error,
    })
}

/// Parses each line that is not empty; gives its number, too.
fn each_line<T: DeserializeOwned>(bytes: &[u8]) -> Result<Vec<(usize, T)>, FolderError> {
    bytes
        .split(|byte| *byte == b'\n')
        .zip(1..)
        .filter(|(line, _)| !line.is_empty())
        .map(|(line, number)| Ok((number, parse(OBSERVATIONS, number, line)?)))
        .collect()
}

fn parse<T: DeserializeOwned>(
    file: &'static str,
    line: usize,
    bytes: &[u8],
) -> Result<T, FolderError> {
    serde_json::from_slice(bytes).map_err(|error| FolderError::Json { file, line, error })
}
