//! Associations that a program sets up. A one-to-one socket tells nothing of such an
//! association, so the lab finds it in the kernel's table.

use std::net::SocketAddr;

use net::{Listed, Tables};
use recording::AssociationName;
use socket::{AssocId, Style};

use super::left;
use super::sockets::{self, Place};
use crate::endpoint::read_timers;
use crate::samples::{LastSamples, Sampler};

/// The states in which T1 runs: `SCTP_STATE_COOKIE_WAIT` and `SCTP_STATE_COOKIE_ECHOED`.
const SETTING_UP: [u32; 2] = [1, 2];

/// An association that is on record as begun.
pub(super) struct Calling {
    pub(super) name: AssociationName,
    id: AssocId,
    inode: u64,
    local: SocketAddr,
    peer: SocketAddr,
    /// How often T1 had run out in the node before this association; `None` where other
    /// associations of the node were set up meanwhile, whose T1 the kernel counts, too.
    before: Option<u64>,
    last: LastSamples,
}

pub(super) fn is_setting_up(listed: &Listed) -> bool {
    SETTING_UP.contains(&listed.state) && !listed.local.is_empty() && !listed.peers.is_empty()
}

impl Calling {
    pub(super) fn new(name: AssociationName, listed: &Listed, tables: &Tables) -> Self {
        Self {
            name,
            id: AssocId::new(listed.id),
            inode: listed.inode,
            local: listed.local[0],
            peer: listed.peers[0],
            before: tables.t1_expiries().ok(),
            last: LastSamples::default(),
        }
    }

    /// Whether this is the association between these addresses. Linux gives the association
    /// of a one-to-one socket no identifier before it is up. But between two ports there is
    /// at most one association (RFC 9260 section 1.3).
    pub(super) fn is_between(&self, local: &[SocketAddr], peers: &[SocketAddr]) -> bool {
        let port = |all: &[SocketAddr]| all.first().map(SocketAddr::port);
        let is_same = |address: &SocketAddr| {
            let address = SocketAddr::new(address.ip().to_canonical(), address.port());
            address == self.peer
        };
        port(local) == Some(self.local.port()) && peers.iter().any(is_same)
    }

    /// Whether this is the association in the table. A program may call again by another
    /// socket with the same port at once.
    pub(super) fn is(&self, listed: &Listed) -> bool {
        listed.inode == self.inode && self.is_between(&listed.local, &listed.peers)
    }

    /// Puts on record the timers that the socket has now. The program may have changed them
    /// since it called.
    pub(super) fn note_timers(&self, place: Place, to: &Sampler<'_>) {
        let Ok(Some(socket)) = sockets::at(place) else {
            return;
        };
        let id = match socket.style() {
            Style::OneToOne => AssocId::FUTURE,
            Style::OneToMany => self.id,
        };
        if let Ok(timers) = read_timers(&socket, socket::option::Path::all(id)) {
            to.note_timers(&self.name, None, timers);
        }
    }

    /// Puts the association on record if it has changed.
    pub(super) fn sample(&mut self, all: &[Listed], to: &Sampler<'_>) {
        let is_other = |it: &&Listed| !self.is(it);
        if all.iter().filter(is_other).any(is_setting_up) {
            self.before = None;
        }
        if let Some(info) = to.diagnose(&[self.local], &[self.peer]) {
            to.note_association(&self.name, &mut self.last, left::of_association(&info));
        }
    }

    /// How often T1 has run out since the first INIT, if that is known.
    pub(super) fn t1_expiries(&self, tables: &Tables) -> Option<u64> {
        tables.t1_expiries().ok()?.checked_sub(self.before?)
    }
}
