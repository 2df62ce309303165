//! The lab's access to a hosted node's frames.

use std::io;
use std::os::fd::{AsRawFd, RawFd};

use super::node::Node;
use crate::error::NetError;
use crate::frames::{ReceivedFrame, Sent};
use crate::layout::Port;
use crate::watch::OwnsDescriptor;

/// No value exists: the lab cannot host a FreeBSD node yet.
#[derive(Debug)]
pub(crate) enum Door {}

impl Door {
    pub(crate) fn of(node: &Node, _mtu: u32) -> Result<Self, NetError> {
        let doing = format!("speak for `{}` on FreeBSD yet", node.name());
        Err(NetError::kernel(doing)(io::ErrorKind::Unsupported.into()))
    }

    pub(crate) fn receive(&self, _: impl FnMut(&ReceivedFrame<'_>)) -> io::Result<()> {
        match *self {}
    }

    pub(crate) fn send(&self, _: &Port, _: &[u8]) -> Sent {
        match *self {}
    }

    pub(crate) fn overruns(&self) -> io::Result<u32> {
        match *self {}
    }
}

impl AsRawFd for Door {
    fn as_raw_fd(&self) -> RawFd {
        match *self {}
    }
}

impl OwnsDescriptor for Door {}
