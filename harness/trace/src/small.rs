//! A capture as a recording.

use recording::{Direction, Ended, Engine, FORMAT, Info, Interface, Packet, Recording, Time};

/// A recording is kept in memory, and its packets decoded: none is made of more
/// packets, or of more bytes of them.
pub(crate) const LIMIT: usize = 100_000;
pub(crate) const BYTES: usize = 24 << 20;

/// How much of a recording there is still room for.
pub(crate) struct Room {
    packets: usize,
    bytes: usize,
}

/// What a packet takes besides what it holds: its sights at both ends, and what
/// is known of it once it is decoded.
const AROUND: usize = 480;

/// What a chunk takes once it is decoded, and at most each byte of one that is
/// made of parameters: four bytes are enough for one.
const CHUNK: usize = 64;
const PARAMETER_BYTE: usize = 12;

impl Room {
    pub(crate) fn new() -> Self {
        Self {
            packets: LIMIT,
            bytes: BYTES,
        }
    }

    /// Takes room for a packet; says whether there was.
    pub(crate) fn take(&mut self, frame: &[u8], chunks: impl Iterator<Item = (u8, usize)>) -> bool {
        let chunks = chunks.map(|(kind, length)| match kind {
            DATA | I_DATA => CHUNK,
            _ => CHUNK + PARAMETER_BYTE * length,
        });
        let bytes = AROUND + frame.len() + chunks.sum::<usize>();
        match (self.packets.checked_sub(1), self.bytes.checked_sub(bytes)) {
            (Some(packets), Some(bytes)) => {
                *self = Self { packets, bytes };
                true
            }
            _ => false,
        }
    }
}

/// RFC 9260, section 3.3.1, and RFC 8260, section 2.1.
const DATA: u8 = 0;
const I_DATA: u8 = 64;

/// The packet as its sender and its receiver see it. The two ends of a link
/// follow each other.
pub(crate) fn sent_and_received(packet: Packet) -> [Packet; 2] {
    let received = Packet {
        interface: packet.interface ^ 1,
        direction: Direction::In,
        ..packet.clone()
    };
    [packet, received]
}

pub(crate) fn recording(
    name: String,
    interfaces: Vec<Interface>,
    packets: Vec<Packet>,
) -> Recording {
    Recording {
        info: Info {
            format: FORMAT,
            scenario: name,
            sabotage: None,
            engine: Engine::Capture,
            kernel: "unknown".to_owned(),
            seed: None,
            exact: None,
            ended: Ended::Complete,
            duration: packets.iter().map(|it| it.at).max().unwrap_or(Time::ZERO),
        },
        scenario: String::new(),
        interfaces,
        packets,
        observations: Vec::new(),
    }
}
