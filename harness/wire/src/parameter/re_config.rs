//! Parameters of stream reconfiguration (RFC 6525, section 4).

mod add_streams;
mod reset;
mod response;

pub use add_streams::AddStreams;
pub use reset::{IncomingReset, OutgoingReset, TsnReset};
pub use response::{ReconfigResponse, ReconfigResult};

use super::Parameter;

impl Parameter {
    /// The Re-configuration Request Sequence Number of a request (RFC 6525, sections 4.1 to
    /// 4.3, 4.5 and 4.6); `None` for a parameter that is not a request.
    #[must_use]
    pub fn reconfiguration_request(&self) -> Option<u32> {
        match self {
            Self::OutgoingSsnResetRequest(it) => Some(it.request),
            Self::IncomingSsnResetRequest(it) => Some(it.request),
            Self::SsnTsnResetRequest(it) => Some(it.request),
            Self::AddOutgoingStreams(it) | Self::AddIncomingStreams(it) => Some(it.request),
            _ => None,
        }
    }
}
