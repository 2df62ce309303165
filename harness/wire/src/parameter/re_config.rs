//! Parameters of stream reconfiguration (RFC 6525, section 4).

mod add_streams;
mod reset;
mod response;

pub use add_streams::AddStreams;
pub use reset::{IncomingReset, OutgoingReset, TsnReset};
pub use response::{ReconfigResponse, ReconfigResult};
