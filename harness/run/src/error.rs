//! The errors that keep a scenario from being run.

use std::io;

/// Why a scenario could not be run at all. Failures during the run are in the recording
/// instead.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The network could not be built, or refused a change.
    #[error(transparent)]
    Network(#[from] net::NetError),
    /// An endpoint could not be made.
    #[error("endpoint {endpoint}: {call}: {error}")]
    Endpoint {
        /// The endpoint.
        endpoint: String,
        /// The call that failed.
        call: String,
        /// The error of the kernel.
        error: io::Error,
    },
    /// The async runtime could not be made.
    #[error("no async runtime: {0}")]
    Runtime(io::Error),
}
