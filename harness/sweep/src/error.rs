//! Reasons why the folder of a sweep cannot be used.

use std::io;
use std::path::PathBuf;

/// Why the folder of a sweep cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process sweeps into the folder.
    #[error("{0}: another sctp-lab sweeps into this folder")]
    Busy(PathBuf),
    /// The folder is no sweep's, and not empty.
    #[error("{0} is not empty, and not a folder of a sweep")]
    Foreign(PathBuf),
    /// The folder has another sweep; the second field says what differs.
    #[error("{0} has another sweep: {1}")]
    Other(PathBuf, &'static str),
    /// A line is no row.
    #[error("{path}, line {line}: {source}")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The error of the parser.
        source: serde_json::Error,
    },
    /// The file system refused something.
    #[error("{path}: {source}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The error of the file system.
        source: io::Error,
    },
}
