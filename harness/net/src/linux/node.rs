//! A node of a built network on Linux.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use super::diag::Diag;
use super::ethtool::Ethtool;
use super::namespace::Namespace;
use super::netlink::Netlink;
use super::new_addresses::NewAddresses;
use super::packet_socket::{self, PacketSocket};
use super::tables::Tables;
use super::{message, sysctl};
use crate::error::NetError;

/// A node of a built network.
#[derive(Debug)]
pub struct Node {
    name: String,
    namespace: Namespace,
    pub(super) netlink: Netlink,
    pub(super) new_addresses: NewAddresses,
    pub(super) ethtool: Ethtool,
    diag: Option<Arc<Diag>>,
    /// Number of routing tables that were made.
    tables: AtomicU8,
}

impl Node {
    /// Makes a node without links, and a socket that receives the frames of its future
    /// links.
    ///
    /// The kernel of a hosted node has IPv6 switched off: even without an address it
    /// would join multicast groups and send reports.
    pub(super) fn new(name: &str, hosted: bool) -> Result<(Self, PacketSocket), NetError> {
        let (namespace, (tap, netlink, new_addresses, ethtool, diag)) = Namespace::new(|| {
            settle()?;
            if hosted {
                sysctl::set("ipv6/conf/default/disable_ipv6", "1")?;
            }
            let tap = PacketSocket::open()
                .map_err(NetError::kernel(format!("capture at node `{name}`")))?;
            let netlink = Netlink::open()?;
            netlink.request(&[message::loopback_up()])?;
            // Without diagnostics the network still works.
            let diag = Diag::open().ok();
            Ok((
                tap,
                netlink,
                NewAddresses::listen()?,
                Ethtool::open()?,
                diag,
            ))
        })?;
        let node = Self {
            name: name.to_owned(),
            namespace,
            netlink,
            new_addresses,
            ethtool,
            diag: diag.map(Arc::new),
            tables: AtomicU8::new(0),
        };
        Ok((node, tap))
    }

    /// Name of the node in the plan.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Runs `act` on a thread inside this node's namespace, within the caller's
    /// async runtime if there is one.
    ///
    /// A socket stays in the namespace in which it was made, wherever it is used. Each
    /// call starts a thread. A panic in `act` continues in the caller.
    ///
    /// # Errors
    /// [`NetError::Kernel`] if the namespace cannot be entered.
    pub fn enter<T: Send>(&self, act: impl FnOnce() -> T + Send) -> Result<T, NetError> {
        self.namespace
            .enter(act)
            .map_err(NetError::kernel(format!("enter node `{}`", self.name)))
    }

    /// Makes a socket in this node's namespace, in which it stays wherever it is used.
    ///
    /// # Errors
    /// Errors of socket(2).
    pub fn socket(&self, domain: i32, kind: i32, protocol: i32) -> io::Result<OwnedFd> {
        self.namespace
            .enter(|| packet_socket::open(domain, kind, protocol))?
    }

    /// Makes the node a router. The interfaces must have been configured before without
    /// multicast: otherwise they would join the group of all routers, and send a report.
    pub(super) fn forward(&self) -> Result<(), NetError> {
        self.enter(|| {
            sysctl::set("ipv4/ip_forward", "1")?;
            sysctl::set("ipv6/conf/all/forwarding", "1")
        })?
    }

    /// The number of a routing table that no route of this node is in yet: 1 to 252. The
    /// kernel's own tables are 253 to 255.
    pub(super) fn new_table(&self) -> Result<u8, NetError> {
        let next = |made: u8| made.checked_add(1).filter(|table| *table < 253);
        let made = self
            .tables
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, next)
            .map_err(|_| {
                let full = io::ErrorKind::StorageFull.into();
                NetError::kernel(format!("give node `{}` a routing table", self.name))(full)
            })?;
        Ok(made + 1)
    }

    /// The SCTP diagnostics of this node's kernel; `None` if the kernel has none.
    #[must_use]
    pub fn diag(&self) -> Option<Arc<Diag>> {
        self.diag.clone()
    }

    /// The tables of this node's SCTP associations; `None` if the kernel shows none. They
    /// exist from the node's first use of SCTP on.
    #[must_use]
    pub fn tables(&self) -> Option<Tables> {
        self.namespace.enter(Tables::open).ok()?.ok()
    }

    /// The namespace, for setns(2) and similar calls.
    #[must_use]
    pub fn namespace(&self) -> BorrowedFd<'_> {
        self.namespace.as_fd()
    }
}

/// Sets the settings of the calling thread's namespace that a new namespace copies from
/// the host, so that they are the same on every machine.
fn settle() -> Result<(), NetError> {
    sysctl::set("ipv4/ip_forward", "0")?;
    // A multi-homed host may receive a packet by another path than that of its answer,
    // which RFC 3704 would drop.
    sysctl::set("ipv4/conf/all/rp_filter", "0")?;
    sysctl::set("ipv4/conf/default/rp_filter", "0")?;
    // Removing an address must not remove other addresses of its network.
    sysctl::set("ipv4/conf/default/promote_secondaries", "1")?;
    // No link-local addresses (mode 1 is "none"): a node has only the addresses of the
    // plan. SCTP would offer all others to its peer, and they would cause solicitations
    // and reports.
    sysctl::set("ipv6/conf/default/addr_gen_mode", "1")
}
