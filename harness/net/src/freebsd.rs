//! The network on FreeBSD: vnet jails, epair, bpf and routing sockets.
//!
//! A node is a jail with a network stack of its own, held by a process that does nothing
//! else: its *keeper*. On FreeBSD a process is in a jail as a whole, not thread by thread
//! as with Linux's namespaces. So the keeper makes a node's sockets and passes their
//! descriptors to the lab. A socket stays in the stack in which it was made (`so_vnet`),
//! whichever process holds it. The jails are not persistent: the kernel takes them back
//! with their keepers, and the keepers end when the lab does.
//!
//! The far ends of all cables are interfaces of one more jail, the fabric. A bpf(4)
//! descriptor at each far end reads the frames of its node, and the lab writes them to the
//! descriptor at the other end of the link. With tap(4), a cable would need one interface
//! fewer, but a tap device belongs to the process that opened it, and its frames come
//! without the kernel's time stamps. netgraph(4) would forward frames by itself, past the
//! rules.

pub(crate) mod abi;
mod batch;
mod bpf;
mod build;
mod cables;
mod change;
mod delays;
mod diag;
mod door;
mod interface;
mod ioctl;
mod jail;
mod keeper;
mod node;
pub mod privilege;
mod route;
mod sysctl;
mod tables;
mod wiring;

pub use diag::Diag;
pub use node::Node;
pub use tables::Tables;

pub(crate) use batch::Batch;
pub(crate) use build::{Built, build};
pub(crate) use cables::{Arrivals, Cables};
pub(crate) use door::Door;
pub(crate) use wiring::Wiring;
