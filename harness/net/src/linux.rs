//! The network on Linux: namespaces, veth, netem and packet sockets.

mod build;
mod clock;
mod ethtool;
mod fabric;
mod log;
mod message;
mod namespace;
mod netem;
mod netlink;
mod network;
mod node;
mod packet_socket;
pub mod privilege;
mod sysctl;
mod tap;

pub use network::Network;
pub use node::Node;
