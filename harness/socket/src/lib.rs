//! The SCTP sockets API of RFC 6458 for Linux and FreeBSD, typed, and
//! asynchronous on tokio.
//!
//! [`Socket`] is a nonblocking socket of either [`Style`] and needs no runtime.
//! `AsyncSocket` waits for events (feature `tokio`, on by default). Both send a
//! [`Message`] and return a [`Received`]: a message, a
//! [`Notification`](notification::Notification), or the end of the association. [`option`]
//! has a type for every socket option.
//!
//! ```no_run
//! # #[cfg(feature = "tokio")]
//! # async fn example() -> std::io::Result<()> {
//! use sctp_socket::{AssocId, Family, Message, Ppid, Received, Socket, Style};
//! use sctp_socket::option::{Event, EventType, RecvRcvInfo};
//!
//! let socket = Socket::new(Style::OneToMany, Family::V4)?;
//! socket.set(&Event { assoc_id: AssocId::FUTURE, event: EventType::AssocChange, on: true })?;
//! socket.set(&RecvRcvInfo(true))?;
//! let socket = socket.into_async()?;
//!
//! // No connect: the first message sets the association up.
//! let hello = Message::new(b"hello").to("192.0.2.1:5000".parse().unwrap()).ppid(Ppid(8));
//! socket.send(&hello).await?;
//! let mut buffer = [0; 65_536];
//! match socket.recv(&mut buffer).await? {
//!     Received::Message(arrival) => println!("{:?}", &buffer[..arrival.length]),
//!     Received::Notification(event) => println!("{} {:?}", event.name(), event.fields()),
//!     other => println!("{other:?}"),
//! }
//! # Ok(()) }
//! ```
//!
//! # Units and byte order
//! Times are [`Duration`](std::time::Duration)s; the kernel counts whole milliseconds or
//! seconds, and a fraction is rounded up. Numbers are in host byte order, except in
//! payloads. A [`Ppid`] is in network byte order on the wire.
//!
//! # Errors
//! Every call returns [`std::io::Error`] with the system's error number. A request that
//! the system cannot express gives [`InvalidInput`](std::io::ErrorKind::InvalidInput).
#![doc = include_str!("../API.md")]

mod ancillary;
mod ancillary_fields;
#[cfg(feature = "tokio")]
mod async_socket;
mod extrcv_info;
mod ids;
mod message;
mod named;
pub mod notification;
pub mod option;
mod received;
mod send_info;
mod sndrcv_info;
mod socket;
pub mod sys;
mod value;

#[cfg(feature = "tokio")]
pub use async_socket::AsyncSocket;
pub use extrcv_info::ExtRcvInfo;
pub use ids::{AssocId, Ppid};
pub use message::{Form, Message};
pub use received::{Arrival, NxtInfo, RcvInfo, Received, RecvFlags};
pub use send_info::{PrInfo, SendFlags, SndInfo};
pub use sndrcv_info::SndRcvInfo;
pub use socket::{BindX, Family, Shutdown, Socket, Style};

/// The examples of the README are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadMe;
