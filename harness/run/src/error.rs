use std::io;

/// Why a scenario could not be run at all. What happens once it runs is in
/// the recording instead.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The network could not be built, or lost frames that it should have
    /// kept.
    #[error(transparent)]
    Network(#[from] net::NetError),
    /// An endpoint could not be made.
    #[error("endpoint {endpoint}: {call}: {error}")]
    Endpoint {
        /// The endpoint.
        endpoint: String,
        /// The call that failed.
        call: String,
        /// The kernel's word.
        error: io::Error,
    },
    /// The async runtime could not be made.
    #[error("no async runtime: {0}")]
    Runtime(io::Error),
}
