//! Errors of outputs.

use std::io;
use std::path::PathBuf;

use pcapng::WriteError;

/// Why an output cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// Standard output is a terminal: a capture is binary.
    #[error("standard output is a terminal, and a capture is not text")]
    Terminal,
    /// The file system refused something.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The error of the file system.
        source: io::Error,
    },
    /// A named pipe cannot be rotated; only files can.
    #[error("{}: a named pipe cannot be rotated", .0.display())]
    RotatedPipe(PathBuf),
    /// Standard output cannot be opened.
    #[error("standard output: {0}")]
    StandardOutput(io::Error),
    /// Two outputs would write over each other.
    #[error("{} is named twice", .0.display())]
    Twice(PathBuf),
}

/// Whether the reader of a pipe has left.
pub(crate) fn reader_left(error: &WriteError) -> bool {
    matches!(error, WriteError::Io(error) if error.kind() == io::ErrorKind::BrokenPipe)
}
