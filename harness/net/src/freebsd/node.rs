//! One node, made.

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
use crate::error::NetError;
use crate::layout::{Layout, Port};

/// A node of a built network.
#[derive(Debug)]
pub struct Node {
    name: String,
    pub(super) jail: Jail,
    /// Any socket inside, for requests about interfaces.
    pub(super) control: OwnedFd,
    pub(super) routes: Routes,
}

impl Node {
    /// Makes a node without links.
    pub(super) fn new(name: &str) -> Result<Self, NetError> {
        let jail = Jail::new(name)?;
        let settle = || {
            // An address is in use at once, and a node has those of the plan
            // and no others: SCTP offers no others to its peer.
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

    /// Has what `command` starts run inside this node.
    ///
    /// # Errors
    /// Always: this system's nodes run no programs yet.
    pub fn house(&self, _command: &mut std::process::Command) -> io::Result<()> {
        Err(io::Error::new(
            io::ErrorKind::Unsupported,
            "a node on FreeBSD runs no programs yet",
        ))
    }

    /// Its name in the plan.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Makes a socket inside this node, where it stays, whoever uses it.
    ///
    /// # Errors
    /// Those of socket(2).
    pub fn socket(&self, domain: i32, kind: i32, protocol: i32) -> io::Result<OwnedFd> {
        self.jail.socket(domain, kind, protocol)
    }

    /// Runs `act`, for what a namespace must be entered for on Linux. Here a
    /// socket says itself which stack it is in; only a new one must be made by
    /// [`socket`](Self::socket).
    ///
    /// # Errors
    /// None.
    pub fn enter<T: Send>(&self, act: impl FnOnce() -> T + Send) -> Result<T, NetError> {
        Ok(act())
    }

    /// Asks this node's kernel about SCTP associations: never here.
    #[must_use]
    pub fn diag(&self) -> Option<Arc<Diag>> {
        None
    }

    /// Sets a kernel setting of its own, which must be a number.
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

    /// Makes it a router.
    pub(super) fn forward(&self) -> Result<(), NetError> {
        self.set_number("net.inet.ip.forwarding", "1")?;
        self.set_number("net.inet6.ip6.forwarding", "1")
    }

    /// Tells it who is at the other end of a link.
    pub(super) fn meet_all(&self, layout: &Layout, port: &Port) -> Result<(), NetError> {
        let other = layout.port(port.id.opposite());
        other
            .addresses
            .iter()
            .try_for_each(|theirs| self.meet(port, theirs.addr(), other.mac))
    }
}
