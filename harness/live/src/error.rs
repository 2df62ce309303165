//! Errors of outputs.

use std::io;
use std::path::PathBuf;

use pcapng::WriteError;

/// Why an output cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// A capture is not for the eye.
    #[error("standard output is a terminal, and a capture is not text")]
    Terminal,
    /// The file system's word.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What is wrong.
        source: io::Error,
    },
    /// Only files can be rotated.
    #[error("{}: a named pipe cannot be rotated", .0.display())]
    RotatedPipe(PathBuf),
    /// Standard output cannot be had.
    #[error("standard output: {0}")]
    StandardOutput(io::Error),
    /// Two outputs would write over each other.
    #[error("{} is named twice", .0.display())]
    Twice(PathBuf),
}

/// Whether nobody reads any more.
pub(crate) fn reader_left(error: &WriteError) -> bool {
    matches!(error, WriteError::Io(error) if error.kind() == io::ErrorKind::BrokenPipe)
}
