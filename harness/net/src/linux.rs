//! The network on Linux: namespaces, veth, netem and packet sockets.

mod build;
mod cables;
mod change;
mod clock;
mod diag;
mod door;
mod ethtool;
mod inside;
mod message;
mod namespace;
mod netem;
mod netlink;
mod new_addresses;
mod node;
mod packet_socket;
pub mod privilege;
mod sysctl;
mod tables;
mod tap;
mod wiring;

pub use diag::Diag;
pub use node::Node;
pub use tables::Tables;

pub(crate) use build::{Built, build};
pub(crate) use cables::{Arrivals, Cables};
pub(crate) use door::Door;
pub(crate) use packet_socket::Batch;
pub(crate) use wiring::Wiring;
