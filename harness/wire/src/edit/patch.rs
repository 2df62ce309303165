//! Overwrites or flips bytes of an encoded packet.

use std::fmt;

use super::chunk_of;
use crate::ChunkType;
use crate::build::{Family, Kind, hex, whereabouts};

/// New bytes for a place in a packet.
///
/// ```
/// use sctp_wire::{ChunkType, Packet, VerificationTag, chunk::CookieEcho, edit::{How, Patch}};
///
/// let echo = CookieEcho { cookie: vec![1, 2, 3, 4].into() };
/// let mut packet = Packet::new(5000, 5001, VerificationTag(1), vec![echo.into()]).encode();
/// let patch = Patch::new(Some(ChunkType::CookieEcho), Some("cookie"), 2, How::Flip, vec![0xff])
///     .ok_or("no such place")?;
/// assert!(patch.write(&mut packet, 0));
/// assert_eq!(packet[16..], [1, 2, 0xfc, 4]);
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patch {
    of: Of,
    /// Name of the place, for messages.
    name: String,
    at: usize,
    how: How,
    bytes: Vec<u8>,
}

/// How the bytes are changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// The new bytes replace the old ones.
    Put,
    /// The bits that are set in the new bytes are flipped.
    Flip,
}

/// The origin of the offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    /// The first byte of the common header.
    Packet,
    /// This offset in a chunk.
    Chunk(usize),
    /// The value of the first parameter or cause of this type, among those that begin at
    /// this offset in the chunk.
    Item(u16, usize),
}

impl Patch {
    /// Changes bytes from the offset `at` in the place that `of` names. The place is a
    /// chunk's field of bytes, such as `cookie` or `payload`, or the value of the chunk's
    /// first parameter or error cause of a type, such as `state-cookie`, by name or
    /// number. Without `of`, the place is the chunk itself; without `chunk`, the packet.
    ///
    /// `None` if chunks of this type have no such place.
    #[must_use]
    pub fn new(
        chunk: Option<ChunkType>,
        of: Option<&str>,
        at: usize,
        how: How,
        bytes: Vec<u8>,
    ) -> Option<Self> {
        let place = match (chunk, of) {
            (None, None) => Of::Packet,
            (None, Some(_)) => return None,
            (Some(_), None) => Of::Chunk(0),
            (Some(kind), Some(name)) => place(kind, name)?,
        };
        Some(Self {
            of: place,
            name: of.unwrap_or_default().to_owned(),
            at,
            how,
            bytes,
        })
    }

    /// The names that `of` accepts for chunks of this type, without the numbers.
    #[must_use]
    pub fn places(chunk: ChunkType) -> Vec<String> {
        let places = whereabouts(chunk);
        let bytes = places.bytes.into_iter().map(|(name, _)| name.to_owned());
        let items = places.items.into_iter();
        bytes
            .chain(items.flat_map(|(family, _)| family.names()))
            .collect()
    }

    /// Changes an SCTP packet. If the place belongs to a chunk, `chunk` is the chunk's
    /// index. Returns whether the packet has the whole place. The checksum is unchanged.
    pub fn write(&self, packet: &mut [u8], chunk: usize) -> bool {
        let region = match self.of {
            Of::Packet => Some(packet),
            Of::Chunk(offset) => chunk_of(packet, chunk).and_then(|chunk| chunk.get_mut(offset..)),
            Of::Item(kind, offset) => chunk_of(packet, chunk)
                .and_then(|chunk| chunk.get_mut(offset..))
                .and_then(|items| value_of(items, kind)),
        };
        let end = self.at.saturating_add(self.bytes.len());
        let Some(place) = region.and_then(|region| region.get_mut(self.at..end)) else {
            return false;
        };
        for (old, new) in place.iter_mut().zip(&self.bytes) {
            match self.how {
                How::Put => *old = *new,
                How::Flip => *old ^= new,
            }
        }
        true
    }
}

fn place(chunk: ChunkType, name: &str) -> Option<Of> {
    let places = whereabouts(chunk);
    let of_bytes = places.bytes.filter(|(known, _)| *known == name);
    let of_items = || {
        let (family, offset) = places.items?;
        match (family, family.kind(name)?) {
            (Family::Parameters | Family::Causes, Kind::Parameter(kind) | Kind::Cause(kind)) => {
                Some(Of::Item(kind, offset))
            }
            _ => None,
        }
    };
    of_bytes
        .map(|(_, offset)| Of::Chunk(offset))
        .or_else(of_items)
}

/// The value of the first item of this type.
fn value_of(mut items: &mut [u8], wanted: u16) -> Option<&mut [u8]> {
    loop {
        let length = super::length_of(items)?;
        if u16::from_be_bytes([items[0], items[1]]) == wanted {
            return items.get_mut(super::CHUNK_HEADER..length);
        }
        items = items.get_mut(length.next_multiple_of(4)..)?;
    }
}

impl fmt::Display for Patch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.how {
            How::Put => "put",
            How::Flip => "flip",
        };
        write!(f, "{word} ")?;
        hex(&self.bytes, f)?;
        write!(f, " at {}", self.at)?;
        match self.name.as_str() {
            "" => Ok(()),
            name => write!(f, " of {name}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chunk::{CookieEcho, Data, Init};
    use crate::{Chunk, Packet, Parameter, Ppid, Ssn, StreamId, Tsn, VerificationTag};

    fn packet(chunks: Vec<Chunk>) -> Vec<u8> {
        Packet::new(5000, 5001, VerificationTag(7), chunks).encode()
    }

    fn data(payload: &'static str) -> Chunk {
        Chunk::Data(Data {
            immediate: false,
            unordered: false,
            beginning: true,
            ending: true,
            tsn: Tsn(1),
            stream: StreamId(2),
            ssn: Ssn(3),
            ppid: Ppid(4),
            payload: payload.into(),
        })
    }

    #[track_caller]
    fn patched(
        packet: &[u8],
        chunk: (ChunkType, usize),
        of: Option<&str>,
        at: usize,
    ) -> Option<Vec<u8>> {
        let patch = Patch::new(Some(chunk.0), of, at, How::Put, vec![0xaa, 0xbb]);
        let mut changed = packet.to_vec();
        let written = patch
            .expect("there is such a place")
            .write(&mut changed, chunk.1);
        assert!(written || changed == packet, "all or nothing");
        written.then_some(changed)
    }

    /// The indices of the bytes that differ.
    fn changed(before: &[u8], after: Option<Vec<u8>>) -> Vec<usize> {
        let after = after.expect("it was written");
        let pairs = before.iter().zip(&after).enumerate();
        pairs
            .filter(|(_, (a, b))| a != b)
            .map(|(at, _)| at)
            .collect()
    }

    #[test]
    fn offsets_count_from_the_place() {
        let two = packet(vec![data("hello"), data("world")]);
        let kind = ChunkType::Data;
        // 12 bytes of the common header, 24 of the first chunk, 16 before the payload.
        assert_eq!(
            changed(&two, patched(&two, (kind, 1), Some("payload"), 1)),
            [53, 54]
        );
        assert_eq!(changed(&two, patched(&two, (kind, 1), None, 1)), [37, 38]);
        assert_eq!(
            patched(&two, (kind, 1), Some("payload"), 4),
            None,
            "padding is not payload"
        );
        assert_eq!(patched(&two, (kind, 2), None, 0), None, "there are two");
        let anywhere = Patch::new(None, None, 4, How::Flip, vec![0xff]).expect("a packet");
        let mut flipped = two.clone();
        assert!(anywhere.write(&mut flipped, 0));
        assert_eq!(flipped[4..8], [0xff, 0, 0, 7]);
        assert!(anywhere.write(&mut flipped, 0));
        assert_eq!(flipped, two);
    }

    #[test]
    fn a_parameter_is_found_by_its_type() {
        let init = Init {
            initiate_tag: VerificationTag(1),
            a_rwnd: 2,
            outbound_streams: 3,
            inbound_streams: 4,
            initial_tsn: Tsn(5),
            parameters: vec![
                Parameter::Random(vec![1, 2, 3, 4, 5].into()),
                Parameter::StateCookie(vec![0; 4].into()),
            ],
        };
        let packet = packet(vec![init.into()]);
        let kind = (ChunkType::Init, 0);
        // The second parameter begins after 9 bytes and 3 of padding.
        let cookie = patched(&packet, kind, Some("state-cookie"), 2);
        assert_eq!(
            changed(&packet, cookie),
            [12 + 20 + 12 + 4 + 2, 12 + 20 + 12 + 4 + 3]
        );
        let by_number = patched(&packet, kind, Some("0x8002"), 0);
        assert_eq!(changed(&packet, by_number), [36, 37]);
        assert_eq!(
            patched(&packet, kind, Some("chunk-list"), 0),
            None,
            "it has none"
        );
        assert_eq!(
            patched(&packet, kind, Some("random"), 4),
            None,
            "it has 5 bytes"
        );
    }

    #[test]
    fn places_have_names() {
        fn of(kind: ChunkType, name: &str) -> bool {
            Patch::new(Some(kind), Some(name), 0, How::Put, vec![1]).is_some()
        }
        assert!(of(ChunkType::Auth, "hmac"));
        assert!(of(ChunkType::Heartbeat, "info"));
        assert!(of(ChunkType::Abort, "user-initiated-abort"));
        assert!(!of(ChunkType::Sack, "payload"));
        assert!(!of(ChunkType::Data, "state-cookie"));
        assert!(Patch::new(None, Some("cookie"), 0, How::Put, vec![1]).is_none());
        for kind in [ChunkType::CookieEcho, ChunkType::InitAck, ChunkType::Error] {
            let places = Patch::places(kind);
            assert!(!places.is_empty());
            assert!(places.iter().all(|name| of(kind, name)), "{kind}");
        }
        let echo = CookieEcho {
            cookie: vec![1, 2, 3].into(),
        };
        let echo = packet(vec![echo.into()]);
        assert_eq!(
            changed(
                &echo,
                patched(&echo, (ChunkType::CookieEcho, 0), Some("cookie"), 0)
            ),
            [16, 17]
        );
    }
}
