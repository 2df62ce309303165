//! Keys and HMACs for the authentication of chunks (RFC 4895).

use std::cmp::Ordering;

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::Sha256;
use wire::ChunkType;
use wire::build::{Item, Kind};
use wire::parameter::HmacId;

use super::heard::Heard;

/// The parameters of a key vector, in the order of RFC 4895, section 6.1: Random, Chunk
/// List, Requested HMAC Algorithm.
const IN_VECTOR: [u16; 3] = [0x8002, 0x8003, 0x8004];
/// The offset in bytes of the parameters of INIT and INIT ACK (RFC 9260, section 3.3.2).
const PARAMETERS: usize = 20;
/// The offset in bytes of the HMAC in an AUTH chunk (RFC 4895, section 5.1).
const HMAC: usize = 8;

/// The key vectors of both sides, from their last INIT or INIT ACK.
#[derive(Default)]
pub(super) struct Keys {
    own: Vec<u8>,
    other: Vec<u8>,
}

impl Keys {
    /// Learns the peer's own key vector from a chunk that the peer sends.
    pub(super) fn say(&mut self, chunk: &Item) {
        if is_handshake(chunk.kind)
            && let Ok(bytes) = chunk.build()
        {
            self.own = key_vector(&bytes);
        }
    }

    /// Learns the other side's key vector from a received packet. Returns the first HMAC
    /// that the other side asks for and the lab knows.
    pub(super) fn hear(&mut self, heard: &Heard) -> Option<HmacId> {
        let mut chunks = heard.packet.chunks.iter();
        let number = chunks.position(|it| is_handshake(Kind::Chunk(it.kind())))?;
        let bytes = heard.bytes_from(number)?;
        self.other = key_vector(bytes);
        let mut wanted = parameter(bytes, IN_VECTOR[2])?.get(4..)?.chunks_exact(2);
        let id = |it: &[u8]| HmacId(u16::from_be_bytes([it[0], it[1]]));
        wanted.find_map(|it| Some(id(it)).filter(|id| id.length().is_some()))
    }

    /// Puts the HMAC into the AUTH chunk at the start of the bytes, and returns its place.
    /// The HMAC covers the chunk and all bytes behind it. `None` where the chunk names an
    /// unknown algorithm, or has no room.
    pub(super) fn sign<'p>(
        &self,
        shared: &[u8],
        auth_and_behind: &'p mut [u8],
    ) -> Option<&'p mut [u8]> {
        let hmac = self.hmac(shared, auth_and_behind)?;
        let place = auth_and_behind.get_mut(HMAC..HMAC + hmac.len())?;
        place.copy_from_slice(&hmac);
        Some(place)
    }

    /// Whether the HMAC of the AUTH chunk at the start of the bytes is right.
    pub(super) fn is_right(&self, shared: &[u8], auth_and_behind: &[u8]) -> bool {
        let Some(length) = length_of(auth_and_behind) else {
            return false;
        };
        let said = auth_and_behind.get(HMAC..length);
        said.is_some() && said == self.hmac(shared, auth_and_behind).as_deref()
    }

    /// The HMAC over an AUTH chunk and the bytes behind it in the packet (RFC 4895, section
    /// 6.2).
    fn hmac(&self, shared: &[u8], auth_and_behind: &[u8]) -> Option<Vec<u8>> {
        let id = auth_and_behind.get(6..8)?;
        let id = HmacId(u16::from_be_bytes([id[0], id[1]]));
        let mut bytes = auth_and_behind.to_vec();
        bytes.get_mut(HMAC..HMAC + id.length()?)?.fill(0);
        let key = association_key(shared, &self.own, &self.other);
        match id {
            HmacId::SHA1 => {
                let mut mac = Hmac::<Sha1>::new_from_slice(&key).ok()?;
                mac.update(&bytes);
                Some(mac.finalize().into_bytes().to_vec())
            }
            HmacId::SHA256 => {
                let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
                mac.update(&bytes);
                Some(mac.finalize().into_bytes().to_vec())
            }
            _ => None,
        }
    }
}

fn is_handshake(kind: Kind) -> bool {
    matches!(kind, Kind::Chunk(ChunkType::Init | ChunkType::InitAck))
}

/// The association shared key: the shared key, then the numerically smaller key vector,
/// then the greater one (RFC 4895, section 6.1).
fn association_key(shared: &[u8], one: &[u8], other: &[u8]) -> Vec<u8> {
    let (smaller, greater) = match as_numbers(one, other) {
        Ordering::Greater => (other, one),
        Ordering::Equal | Ordering::Less => (one, other),
    };
    [shared, smaller, greater].concat()
}

/// Compares two vectors as numbers in network byte order; of two equal numbers the shorter
/// vector is the smaller.
fn as_numbers(one: &[u8], other: &[u8]) -> Ordering {
    let digits = |it: &[u8]| {
        let zeros = it.iter().take_while(|byte| **byte == 0).count();
        it[zeros..].to_vec()
    };
    let (a, b) = (digits(one), digits(other));
    let by_number = a.len().cmp(&b.len()).then(a.cmp(&b));
    by_number.then(one.len().cmp(&other.len()))
}

/// The key vector of an INIT or INIT ACK: its parameters about authentication, without
/// padding.
fn key_vector(chunk: &[u8]) -> Vec<u8> {
    let parts = IN_VECTOR.iter().filter_map(|kind| parameter(chunk, *kind));
    parts.flatten().copied().collect()
}

/// The first parameter of a type, with its header.
fn parameter(chunk: &[u8], wanted: u16) -> Option<&[u8]> {
    let mut rest = chunk.get(PARAMETERS..length_of(chunk)?)?;
    loop {
        let length = length_of(rest)?;
        let bytes = rest.get(..length)?;
        if u16::from_be_bytes([rest[0], rest[1]]) == wanted {
            return Some(bytes);
        }
        rest = rest.get(length.next_multiple_of(4)..)?;
    }
}

/// The length field of a chunk or parameter; `None` where it is less than the header.
fn length_of(bytes: &[u8]) -> Option<usize> {
    let length = usize::from(u16::from_be_bytes([*bytes.get(2)?, *bytes.get(3)?]));
    (length >= 4).then_some(length)
}

#[cfg(test)]
mod tests;
