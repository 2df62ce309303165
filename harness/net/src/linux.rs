//! The network on Linux: namespaces, veth, netem and packet sockets.

mod arrival;
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
mod watch;

pub use network::Network;
pub use node::Node;
