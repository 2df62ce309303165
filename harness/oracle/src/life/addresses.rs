//! Addresses that the peer adds and deletes while the association is up (RFC 5061 section
//! 4.2).

use std::net::IpAddr;

use recording::{Direction, Time};
use wire::chunk::Asconf;
use wire::{Chunk, Parameter};

use super::Of;
use super::path::{Path, State};
use super::replay::{AT_ONCE, Replay};
use crate::timeline::Timeline;

/// The addresses that ASCONF chunks of the peer add, and the time at which each ASCONF
/// came.
pub(super) fn added(of: &Of<'_>, timeline: &Timeline<'_>) -> Vec<(IpAddr, Time)> {
    let packets = timeline.packets_of(of.node, of.association);
    let received = packets.filter(|packet| packet.captured.direction == Direction::In);
    let parameters = received.flat_map(|packet| {
        let chunks = packet.sctp.chunks.iter();
        let asconfs = chunks.filter_map(|chunk| match chunk {
            Chunk::Asconf(asconf) => Some(&asconf.parameters),
            _ => None,
        });
        asconfs.flatten().map(|it| (it, packet.captured.at))
    });
    let added = parameters.filter_map(|(parameter, at)| match parameter {
        Parameter::AddIpAddress(change) => Some((change.address, at)),
        _ => None,
    });
    added.collect()
}

impl Replay<'_, '_> {
    /// Follows an ASCONF of the peer: adds and deletes its addresses.
    pub(super) fn asconf_received(&mut self, asconf: &Asconf, at: Time) {
        for parameter in &asconf.parameters {
            match parameter {
                // The kernel reports no sample of an address that was not added.
                Parameter::AddIpAddress(change)
                    if self.samples.addresses().any(|it| it == change.address) =>
                {
                    let path = self.paths.entry(change.address);
                    path.or_insert_with(|| Path::new(State::Unconfirmed));
                }
                Parameter::DeleteIpAddress(change)
                    if self.samples.next(change.address, at + AT_ONCE).is_none() =>
                {
                    self.path_is_gone(change.address, at);
                }
                _ => {}
            }
        }
    }

    /// Follows the deletion of an address. The chunks in flight there move to the path
    /// that DATA takes, whose T3-rtx starts unless it is running (net/sctp/associola.c,
    /// `sctp_assoc_rm_peer`).
    fn path_is_gone(&mut self, address: IpAddr, at: Time) {
        if self.paths.len() < 2 || self.paths.remove(&address).is_none() {
            return;
        }
        let of_data = self
            .paths
            .iter()
            .max_by_key(|(_, path)| (path.state == State::Active, path.last_data));
        let Some(other) = of_data.map(|(other, _)| *other) else {
            return;
        };
        if !self.outstanding.is_in_flight(address) {
            return;
        }
        self.outstanding.move_all(address, other);
        let t3 = self.t3(self.rto_before(other, at), at);
        if let Some(path) = self.paths.get_mut(&other) {
            path.is_unsure = true;
            path.t3.get_or_insert(t3);
        }
    }
}
