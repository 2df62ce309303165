//! Asking the kernel how an SCTP association is.

use std::io;
use std::net::SocketAddr;

use crate::association::AssociationInfo;

/// A way to ask about single associations, which FreeBSD does not have: it
/// tells of all at once (sysctl `net.inet.sctp.assoclist`), and that is not
/// read. So there is none of these, and what only they would tell is absent
/// from a recording.
#[derive(Debug)]
pub enum Diag {}

impl Diag {
    /// Never: there is no `Diag` to ask.
    #[must_use]
    pub fn knows_sctp(&self) -> bool {
        match *self {}
    }

    /// How the association between two transport addresses is.
    ///
    /// # Errors
    /// None: there is no `Diag` to ask.
    pub fn association(
        &self,
        _local: SocketAddr,
        _peer: SocketAddr,
    ) -> io::Result<AssociationInfo> {
        match *self {}
    }
}
