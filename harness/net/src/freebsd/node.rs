//! A node of a built network on FreeBSD.

use std::io;
use std::net::Ipv4Addr;
use std::os::fd::{AsFd, OwnedFd};
use std::sync::Arc;

use ipnet::IpNet;

use super::diag::Diag;
use super::interface::Interface;
use super::jail::Jail;
use super::route::Routes;
use super::sysctl;
use super::tables::Tables;
use crate::error::NetError;
use crate::layout::{Layout, Port};

/// A node of a built network.
#[derive(Debug)]
pub struct Node {
    name: String,
    pub(super) jail: Jail,
    /// Any socket of the node's stack, for requests about interfaces.
    pub(super) control: OwnedFd,
    pub(super) routes: Routes,
}

impl Node {
    /// Makes a node without links.
    pub(super) fn new(name: &str) -> Result<Self, NetError> {
        let jail = Jail::new(name)?;
        let settle = || {
            // Addresses are in use at once, and the node has only those of the plan: SCTP
            // offers all others to its peer, too.
            jail.set("net.inet6.ip6.auto_linklocal", 0)?;
            jail.set("net.inet6.ip6.dad_count", 0)?;
            let control = jail.socket(libc::AF_INET, libc::SOCK_DGRAM, 0)?;
            let loopback = Interface {
                control: control.as_fd(),
                name: "lo0",
            };
            loopback.set_up(true)?;
            loopback.add_address(IpNet::new_assert(Ipv4Addr::LOCALHOST.into(), 8))?;
            let routes = jail.socket(libc::PF_ROUTE, libc::SOCK_RAW, 0)?;
            Ok((control, Routes::of(routes)))
        };
        let (control, routes) = settle().map_err(NetError::kernel(format!(
            "give node `{name}` a network of its own"
        )))?;
        Ok(Self {
            name: name.to_owned(),
            jail,
            control,
            routes,
        })
    }

    /// Makes the program that `command` starts run inside this node.
    ///
    /// # Errors
    /// Always: nodes on FreeBSD cannot run programs yet.
    pub fn house(&self, _command: &mut std::process::Command) -> io::Result<()> {
        Err(io::Error::new(
            io::ErrorKind::Unsupported,
            "a node on FreeBSD runs no programs yet",
        ))
    }

    /// Name of the node in the plan.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Makes a socket in this node's stack, in which it stays wherever it is used.
    ///
    /// # Errors
    /// Errors of socket(2).
    pub fn socket(&self, domain: i32, kind: i32, protocol: i32) -> io::Result<OwnedFd> {
        self.jail.socket(domain, kind, protocol)
    }

    /// Runs `act`. On Linux, this enters the node's namespace. On FreeBSD nothing must be
    /// entered, since each socket belongs to a stack; only new sockets must be made by
    /// [`socket`](Self::socket).
    ///
    /// # Errors
    /// None.
    pub fn enter<T: Send>(&self, act: impl FnOnce() -> T + Send) -> Result<T, NetError> {
        Ok(act())
    }

    /// The node's SCTP diagnostics: always `None` on FreeBSD.
    #[must_use]
    pub fn diag(&self) -> Option<Arc<Diag>> {
        None
    }

    /// The tables of the node's SCTP associations: always `None` on FreeBSD.
    #[must_use]
    pub fn tables(&self) -> Option<Tables> {
        None
    }

    /// Sets a numeric kernel setting of the node.
    pub(super) fn set_number(&self, name: &str, value: &str) -> Result<(), NetError> {
        let number = value
            .trim()
            .parse()
            .map_err(|_| io::Error::from(io::ErrorKind::InvalidInput));
        number
            .and_then(|number| self.jail.set(sysctl::name(name), number))
            .map_err(NetError::kernel(format!("set {name} to {value}")))
    }

    pub(super) fn interface<'a>(&'a self, name: &'a str) -> Interface<'a> {
        Interface {
            control: self.control.as_fd(),
            name,
        }
    }

    /// Makes the node a router.
    pub(super) fn forward(&self) -> Result<(), NetError> {
        self.set_number("net.inet.ip.forwarding", "1")?;
        self.set_number("net.inet6.ip6.forwarding", "1")
    }

    /// Adds the neighbour entries for the other end of a link.
    pub(super) fn meet_all(&self, layout: &Layout, port: &Port) -> Result<(), NetError> {
        let other = layout.port(port.id.opposite());
        other
            .addresses
            .iter()
            .try_for_each(|theirs| self.meet(port, theirs.addr(), other.mac))
    }
}
