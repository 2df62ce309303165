//! The files of a recording: written as bytes, and read from a folder.

use std::path::{Path, PathBuf};

use disk::OpenFolder;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::error::FolderError;
use super::files::{CAPTURE, INFO, LONGEST_INFO, OBSERVATIONS, SCENARIO};
use super::{FORMAT, Info, Recording, capture, format_1, keep};

/// Greatest size of a file in bytes. A run keeps its observations in memory until its
/// end, and no guest has room for more.
fn longest(file: &str) -> u64 {
    match file {
        INFO => LONGEST_INFO,
        SCENARIO => 4 << 20,
        _ => 256 << 20,
    }
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
