//! Recordings made from captures, with a limit on their memory.

use recording::{Direction, Ended, Engine, FORMAT, Info, Interface, Packet, Recording, Time};
use wire::ChunkType;

/// Greatest number of packets in such a recording. A recording is kept in memory, and its
/// packets are decoded; their bytes are limited, too.
pub(crate) const LIMIT: usize = 100_000;
pub(crate) const BYTES: usize = 36 << 20;

/// The memory that is left for a recording.
pub(crate) struct Room {
    packets: usize,
    bytes: usize,
}

/// Bytes that a packet takes beside its content: its entries at both ends, and its
/// metadata once it is decoded. The lists that hold them may be twice as long as needed
/// while they grow.
const AROUND: usize = 640;

/// Bytes that a decoded chunk takes. A list of chunks has room for a power of two, and
/// for at least four.
const CHUNK: usize = 64;
const FEWEST: usize = 4;

/// Bytes that an assertion needs to tell a TSN's first transmission from others, at both
/// ends.
const TRANSMITTED: usize = 120;

/// Bytes that a parameter or an error cause takes in memory. On the wire one may have
/// four bytes only.
const PARAMETER: usize = 48;

impl Room {
    pub(crate) fn new() -> Self {
        Self {
            packets: LIMIT,
            bytes: BYTES,
        }
    }

    /// Reserves memory for a packet. Returns whether there was enough.
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
                // The content of other chunks is not copied.
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

/// Number of elements that a list has room for once it has grown to this length.
fn list(length: usize) -> usize {
    length.next_power_of_two().max(FEWEST)
}

/// The packet at its sender and at its receiver. The two ends of a link have successive
/// interface numbers.
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
