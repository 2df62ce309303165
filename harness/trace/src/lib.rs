//! Reads captures that the lab did not make.
//!
//! Such a capture may have nothing but packets and times: no hosts, no links, no
//! directions. [`Survey`] reads it once and finds out which addresses belong to which
//! host. [`Capture::placed`] reads it again and gives its packets as those of a
//! recording. Both process packets one by one. Their memory grows with the number of
//! hosts, not of packets.
//!
//! - [`open`] opens pcapng and pcap files, compressed by gzip or not; a thread of
//!   its own reads them.
//! - [`growing`] reads a capture while it is still being written, packet by packet.
//! - [`Survey`] joins the addresses of a host: those that its INIT, INIT ACK and
//!   ASCONF name, and those that packets of one association come from and go to.
//! - [`Together`] reads several captures as one. Two captures of one association, made at
//!   both hosts, show each packet where it leaves and where it arrives; [`Sides`]
//!   corrects the clocks.
//! - [`Translation`] is an end that is seen under two addresses, since a box on the way
//!   changes them. Packets of that end are given with its address in the first capture.
//! - [`by_scenario`] takes hosts and links from a scenario, so that the capture can be
//!   judged by it.

mod ahead;
mod batch;
mod by_scenario;
mod captures;
mod chunks;
mod clock;
mod compared;
mod copies;
mod ends;
mod error;
mod growing;
mod hosts;
mod instead;
mod joined;
mod merged;
mod names;
mod open;
mod packet;
mod packets;
mod pieces;
mod place;
mod placed;
mod recent;
mod sides;
mod small;
mod survey;
mod together;
mod translated;

pub use by_scenario::{HostAddresses, by_scenario};
pub use captures::{Captures, open};
pub use clock::Clock;
pub use ends::{End, Path};
pub use error::CaptureError;
pub use growing::growing;
pub use merged::Merged;
pub use open::Capture;
pub use packet::Packet;
pub use packets::Packets;
pub use placed::{Placed, Placer, Stranger};
pub use sides::Sides;
pub use survey::{Counts, Survey};
pub use together::Together;
pub use translated::Translation;
