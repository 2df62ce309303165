//! The network on FreeBSD: vnet jails, epair, bpf and routing sockets.
//!
//! A node is a jail with a network stack of its own, held by a process that does nothing
//! else: its *keeper*. On FreeBSD a process is in a jail as a whole, not thread by thread
//! as with Linux's namespaces. So the keeper makes a node's sockets and passes their
//! descriptors to the lab. A socket stays in the stack in which it was made (`so_vnet`),
//! whichever process holds it. The jails are not persistent: the kernel takes them back
//! with their keepers, and the keepers end when the lab does.
//!
//! The far end of each cable is an interface of one more jail, the fabric,
//! where a bpf(4) descriptor takes every frame up and another's frames are
//! written down. tap(4) would need one interface fewer a cable, but its device
//! belongs to whoever opened it and sees frames without the kernel's stamps.
//! netgraph(4) would forward by itself, past the rules.

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
