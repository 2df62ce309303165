//! The place of Linux's `Diag` on FreeBSD, which cannot be asked about one association.

use std::io;
use std::net::SocketAddr;

use crate::association::AssociationInfo;

/// A connection for questions about single associations, which FreeBSD does not have. It
/// lists all associations at once (sysctl `net.inet.sctp.assoclist`), and the lab does not
/// read that list. So no value of this type exists, and recordings lack the facts that only
/// such a connection would give.
#[derive(Debug)]
pub enum Diag {}

impl Diag {
    /// Never: there is no `Diag` to ask.
    #[must_use]
    pub fn knows_sctp(&self) -> bool {
        match *self {}
    }

    /// The state of the association between two transport addresses.
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
