//! Changes the SCTP packet in a frame.

use wire::edit::repair_checksum;
use wire::frame::{Envelope, Transport};

use super::{Corruption, Rewriting};

impl Corruption {
    /// Flips the bits.
    pub(super) fn apply(self, packet: &mut [u8]) {
        let last = packet.len().saturating_sub(1);
        let at = self.at.unwrap_or(last).min(last);
        if let Some(byte) = packet.get_mut(at) {
            *byte ^= self.bits.get();
        }
    }
}

impl Rewriting {
    /// The changed frame. Fields and bytes of a chunk are changed in the chunk with the
    /// index `chunk`.
    pub(super) fn of(&self, frame: &[u8], chunk: usize) -> Vec<u8> {
        let bytes = altered(frame, |packet| self.apply(packet, chunk));
        if self.source.is_none() && self.destination.is_none() {
            return bytes;
        }
        // SCTP's checksum does not cover addresses.
        enveloped(&bytes, |envelope| {
            envelope.source = self.source.unwrap_or(envelope.source);
            envelope.destination = self.destination.unwrap_or(envelope.destination);
        })
    }

    /// Sets the fields and changes the bytes. Those of a chunk are in the chunk with the
    /// index `chunk`.
    fn apply(&self, packet: &mut [u8], chunk: usize) {
        for setting in &self.settings {
            setting.write(packet, chunk);
        }
        for patch in &self.patches {
            patch.write(packet, chunk);
        }
        if !self.keep_checksum {
            repair_checksum(packet);
        }
    }
}

/// The frame with its packet in changed headers, and with new checksums of IP and UDP. A
/// frame without SCTP is returned unchanged, and so is a frame whose changed headers would
/// have addresses of two families. New headers have no VLAN tags, IP options or extensions.
pub(super) fn enveloped(frame: &[u8], change: impl FnOnce(&mut Envelope)) -> Vec<u8> {
    let anew = || {
        let decoded = wire::Frame::decode(frame).ok()?;
        let mut envelope = decoded.envelope();
        change(&mut envelope);
        envelope.encode_sctp(decoded.sctp()?).ok()
    };
    anew().unwrap_or_else(|| frame.to_vec())
}

/// The frame with the changed SCTP packet; a frame without SCTP is returned unchanged.
pub(super) fn altered(frame: &[u8], alter: impl FnOnce(&mut [u8])) -> Vec<u8> {
    let mut bytes = frame.to_vec();
    let Ok(decoded) = wire::Frame::decode(frame) else {
        return bytes;
    };
    match decoded.transport {
        Transport::Sctp(sctp) => {
            // Offset of the packet, which is a slice of the frame.
            let start = sctp.as_ptr().addr() - frame.as_ptr().addr();
            alter(&mut bytes[start..start + sctp.len()]);
            bytes
        }
        // The UDP checksum covers the SCTP packet, so it is computed anew.
        Transport::UdpEncapsulated { sctp, .. } => {
            let mut packet = sctp.to_vec();
            alter(&mut packet);
            decoded.envelope().encode_sctp(&packet).unwrap_or(bytes)
        }
        Transport::Icmp(_) | Transport::Other(_) => bytes,
    }
}
