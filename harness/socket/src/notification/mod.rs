//! Notifications, which the kernel delivers in line with the messages (RFC 6458 section
//! 6). Each type has a module.

mod adaptation_indication;
mod assoc_change;
mod assoc_reset;
mod authentication;
mod bytes;
mod kind;
mod partial_delivery;
mod peer_addr_change;
mod remote_error;
mod send_failed;
mod send_failed_event;
mod sender_dry;
mod shutdown_event;
mod stream_change;
mod stream_reset;

pub use crate::value::{Fields, Value};
pub use adaptation_indication::AdaptationIndication;
pub use assoc_change::{AssocChange, AssocChangeState};
pub use assoc_reset::{AssocReset, AssocResetFlags};
pub use authentication::{Authentication, AuthenticationIndication};
pub use kind::Notification;
pub use partial_delivery::{PartialDelivery, PartialDeliveryIndication};
pub use peer_addr_change::{PeerAddrChange, PeerAddrChangeState};
pub use remote_error::RemoteError;
pub use send_failed::SendFailed;
pub use send_failed_event::{SendFailedEvent, SendFailedFlags};
pub use sender_dry::SenderDry;
pub use shutdown_event::ShutdownEvent;
pub use stream_change::{StreamChange, StreamChangeFlags};
pub use stream_reset::{StreamReset, StreamResetFlags};
