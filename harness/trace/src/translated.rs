//! Turns address translation back. A packet that was captured behind a box that changes
//! addresses or ports gets those that it has in the first capture.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::net::{IpAddr, SocketAddr};

use wire::checksum_is_good;
use wire::edit::repair_checksum;
use wire::frame::Frame;

use super::batch::{Batch, Entry};
use super::ends::Conversation;
use super::placed::place_in;

/// Greatest number of places of one packet that are remembered, and of boxes in a row.
pub(crate) const PLACES: usize = 4;

/// An end of an association, seen under two addresses.
///
/// Only the end of one side is changed: a box that changes both ends of a packet is not
/// found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Translation {
    /// The address and port that are shown: those of the capture that was given first.
    pub shown: SocketAddr,
    /// The address and port that stand in the other capture in their place.
    pub instead_of: SocketAddr,
    /// The other end of the association.
    pub peer: SocketAddr,
    /// Number of packets that were seen with both, as far as the captures were compared.
    pub packets: u64,
    /// Whether both are one end for certain. If not, the packets stay as they were
    /// captured.
    pub is_certain: bool,
}

impl fmt::Display for Translation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            shown,
            instead_of,
            peer,
            packets,
            is_certain,
        } = self;
        match is_certain {
            true => write!(
                f,
                "{instead_of} is {shown} behind an address translation: packets between it and {peer} are shown with {shown}"
            ),
            false => write!(
                f,
                "{instead_of} may be {shown} behind an address translation: {packets} of the packets between it and {peer} are the same; the lab takes it for another end"
            ),
        }
    }
}

/// The translations that several captures show, or several interfaces of one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Translations {
    /// All of them, those that have most packets in common first.
    pub(crate) found: Vec<Translation>,
    /// By the end that is seen instead, and its peer: the end that is shown.
    pub(crate) shown: HashMap<(SocketAddr, SocketAddr), SocketAddr>,
    /// Where an end is seen in place of the one that is shown, with its peer. Elsewhere such
    /// an end stays as it is, and shows a fault: a box that does not turn answers back.
    pub(crate) places: HashSet<(At, SocketAddr, SocketAddr)>,
}

/// A place at which packets are captured: the number of the capture and the interface.
pub(crate) type At = (usize, usize);

impl Translations {
    /// The end that is shown for one that is seen at a place.
    fn shown(&self, at: At, end: SocketAddr, peer: SocketAddr) -> SocketAddr {
        if !self.places.contains(&(at, end, peer)) {
            return end;
        }
        let mut end = end;
        // Several boxes may stand in a row.
        for _ in 0..PLACES {
            match self.shown.get(&(end, peer)) {
                Some(shown) => end = *shown,
                None => break,
            }
        }
        end
    }

    /// Gives the packets of a batch the addresses and ports that are shown. The batch is of
    /// the capture with this number.
    pub(crate) fn turn_back(&self, file: usize, batch: &mut Batch) {
        if self.shown.is_empty() {
            return;
        }
        let Batch { packets, bytes, .. } = batch;
        for entry in packets {
            if let Some(turned) = self.turned_back(file, entry, bytes) {
                let start = bytes.len();
                bytes.extend(turned);
                entry.bytes = start..bytes.len();
            }
        }
    }

    /// The bytes of a packet with other addresses and ports; `None` if it has those that
    /// are shown. The checksum of IPv4 stays as it is.
    fn turned_back(&self, file: usize, entry: &Entry, bytes: &[u8]) -> Option<Vec<u8>> {
        let captured = &bytes[entry.bytes.clone()];
        let frame = Frame::decode_captured(entry.link_type, captured).ok()?;
        let (conversation, sctp) = Conversation::of(&frame)?;
        let [source, destination] = ends(conversation);
        let at = (file, entry.interface);
        let new = [
            self.shown(at, source, destination),
            self.shown(at, destination, source),
        ];
        if new == [source, destination] {
            return None;
        }
        let mut turned = captured.to_vec();
        let sctp = place_in(captured, sctp);
        // Both IP headers end with the source and the destination address, but for options.
        let old = both(source.ip(), destination.ip());
        let mut header = captured[..sctp.start].windows(old.len()).enumerate();
        let (place, _) = header.rfind(|(_, it)| *it == old)?;
        let addresses = both(new[0].ip(), new[1].ip());
        turned[place..place + old.len()].copy_from_slice(&addresses);
        let was_good = checksum_is_good(&captured[sctp.clone()]);
        let packet = &mut turned[sctp];
        packet[..2].copy_from_slice(&new[0].port().to_be_bytes());
        packet[2..4].copy_from_slice(&new[1].port().to_be_bytes());
        if was_good {
            repair_checksum(packet);
        }
        Some(turned)
    }
}

pub(crate) fn ends(it: Conversation) -> [SocketAddr; 2] {
    [
        SocketAddr::new(it.source, it.source_port),
        SocketAddr::new(it.destination, it.destination_port),
    ]
}

fn both(source: IpAddr, destination: IpAddr) -> Vec<u8> {
    match (source, destination) {
        (IpAddr::V4(source), IpAddr::V4(destination)) => {
            [source.octets(), destination.octets()].concat()
        }
        (source, destination) => {
            let octets = |it| match it {
                IpAddr::V4(it) => it.to_ipv6_mapped().octets(),
                IpAddr::V6(it) => it.octets(),
            };
            [octets(source), octets(destination)].concat()
        }
    }
}
