//! One node, made.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::Arc;

use super::arrival::Arrivals;
use super::diag::Diag;
use super::ethtool::Ethtool;
use super::namespace::Namespace;
use super::netlink::Netlink;
use super::packet_socket::{self, PacketSocket};
use super::{message, sysctl};
use crate::error::NetError;

/// A node of a built network.
#[derive(Debug)]
pub struct Node {
    name: String,
    namespace: Namespace,
    pub(super) netlink: Netlink,
    pub(super) arrivals: Arrivals,
    pub(super) ethtool: Ethtool,
    diag: Option<Arc<Diag>>,
}

impl Node {
    /// Makes a node without links, and a socket that receives what they will
    /// bring.
    ///
    /// The kernel of a hosted one has no IPv6: without an address it would still
    /// join groups, and say so.
    pub(super) fn new(name: &str, hosted: bool) -> Result<(Self, PacketSocket), NetError> {
        let (namespace, (tap, netlink, arrivals, ethtool, diag)) = Namespace::new(|| {
            settle()?;
            if hosted {
                sysctl::set("ipv6/conf/default/disable_ipv6", "1")?;
            }
            let tap = PacketSocket::open()
                .map_err(NetError::kernel(format!("capture at node `{name}`")))?;
            let netlink = Netlink::open()?;
            netlink.request(&[message::loopback_up()])?;
            // What cannot be asked is not known: no reason to have no network.
            let diag = Diag::open().ok();
            Ok((tap, netlink, Arrivals::listen()?, Ethtool::open()?, diag))
        })?;
        let node = Self {
            name: name.to_owned(),
            namespace,
            netlink,
            arrivals,
            ethtool,
            diag: diag.map(Arc::new),
        };
        Ok((node, tap))
    }

    /// Its name in the plan.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Runs `act` on a thread inside this node's namespace, within the caller's
    /// async runtime if there is one.
    ///
    /// A socket stays in the namespace that it was made in: make it here, use
    /// it anywhere. A visit costs the start of a thread. A panic in `act` goes
    /// on in the caller.
    ///
    /// # Errors
    /// [`NetError::Kernel`] if the namespace cannot be entered.
    pub fn enter<T: Send>(&self, act: impl FnOnce() -> T + Send) -> Result<T, NetError> {
        self.namespace
            .enter(act)
            .map_err(NetError::kernel(format!("enter node `{}`", self.name)))
    }

    /// Makes a socket inside this node, where it stays, whoever uses it.
    ///
    /// # Errors
    /// Those of socket(2).
    pub fn socket(&self, domain: i32, kind: i32, protocol: i32) -> io::Result<OwnedFd> {
        self.namespace
            .enter(|| packet_socket::open(domain, kind, protocol))?
    }

    /// Makes it a router.
    ///
    /// To be done when its interfaces have been told not to join groups: they
    /// would join that of all routers, and report it.
    pub(super) fn forward(&self) -> Result<(), NetError> {
        self.enter(|| {
            sysctl::set("ipv4/ip_forward", "1")?;
            sysctl::set("ipv6/conf/all/forwarding", "1")
        })?
    }

    /// Asks this node's kernel about SCTP associations; `None` where it cannot
    /// be asked.
    #[must_use]
    pub fn diag(&self) -> Option<Arc<Diag>> {
        self.diag.clone()
    }

    /// The namespace itself, for setns(2) and its like.
    #[must_use]
    pub fn namespace(&self) -> BorrowedFd<'_> {
        self.namespace.as_fd()
    }
}

/// Makes the namespace that the calling thread is in the same on every machine:
/// some of a new namespace's settings are copied from the host's.
fn settle() -> Result<(), NetError> {
    sysctl::set("ipv4/ip_forward", "0")?;
    // A multi-homed host may be sent a packet by another way than it would
    // answer it (RFC 3704 would have it dropped).
    sysctl::set("ipv4/conf/all/rp_filter", "0")?;
    sysctl::set("ipv4/conf/default/rp_filter", "0")?;
    // An address that is taken away takes no other of its network along.
    sysctl::set("ipv4/conf/default/promote_secondaries", "1")?;
    // No link-local addresses (mode 1 is "none"): a node has those of the plan
    // and no others, SCTP offers no others to its peer, and the solicitations
    // and reports that come with them are not sent.
    sysctl::set("ipv6/conf/default/addr_gen_mode", "1")
}
