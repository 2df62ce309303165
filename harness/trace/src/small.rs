//! A capture as a recording.

use recording::{Direction, Ended, Engine, FORMAT, Info, Interface, Packet, Recording, Time};
use wire::ChunkType;

/// A recording is kept in memory, and its packets decoded: none is made of more
/// packets, or of more bytes of them.
pub(crate) const LIMIT: usize = 100_000;
pub(crate) const BYTES: usize = 36 << 20;

/// How much of a recording there is still room for.
pub(crate) struct Room {
    packets: usize,
    bytes: usize,
}

/// What a packet takes besides what it holds: its sights at both ends, and what
/// is known of it once it is decoded, in lists that are twice as long while they
/// grow.
const AROUND: usize = 640;

/// What a chunk takes once it is decoded, in a list of as many as a power of two,
/// and of four at least.
const CHUNK: usize = 64;
const FEWEST: usize = 4;

/// What an assertion takes that tells the first transmission of a TSN from others, at
/// both ends.
const TRANSMITTED: usize = 120;

/// What a parameter or an error cause takes. Four bytes are enough for one.
const PARAMETER: usize = 48;

impl Room {
    pub(crate) fn new() -> Self {
        Self {
            packets: LIMIT,
            bytes: BYTES,
        }
    }

    /// Takes room for a packet; says whether there was.
    pub(crate) fn take(&mut self, frame: &[u8], chunks: impl Iterator<Item = (u8, usize)>) -> bool {
        let mut count = 0;
        let mut inside: usize = 0;
        for (kind, length) in chunks {
            count += 1;
            inside += match ChunkType::from(kind) {
                ChunkType::Init
                | ChunkType::InitAck
                | ChunkType::Abort
                | ChunkType::Error
                | ChunkType::Asconf
                | ChunkType::AsconfAck
                | ChunkType::ReConfig => PARAMETER * list(length / 4),
                ChunkType::Data | ChunkType::IData => TRANSMITTED,
                ChunkType::Sack
                | ChunkType::NrSack
                | ChunkType::ForwardTsn
                | ChunkType::IForwardTsn => 2 * length,
                // What is in the others stays where it is.
                _ => 0,
            };
        }
        let chunks = CHUNK * list(count);
        let bytes = AROUND + frame.len() + chunks + inside;
        match (self.packets.checked_sub(1), self.bytes.checked_sub(bytes)) {
            (Some(packets), Some(bytes)) => {
                *self = Self { packets, bytes };
                true
            }
            _ => false,
        }
    }
}

/// So many are there room for in a list that has grown to this length.
fn list(length: usize) -> usize {
    length.next_power_of_two().max(FEWEST)
}

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
            uptime: None,
            late: None,
            complaint: None,
            ended: Ended::Complete,
            duration: packets.iter().map(|it| it.at).max().unwrap_or(Time::ZERO),
        },
        scenario: String::new(),
        interfaces,
        packets,
        observations: Vec::new(),
    }
}
