//! Reasons why a recording cannot be written or read.

use std::io;
use std::path::PathBuf;

use super::FORMAT;
use super::files::CAPTURE;

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
