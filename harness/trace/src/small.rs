//! A capture as a recording.

use std::path::Path;

use recording::{Direction, Ended, Engine, FORMAT, Info, Interface, Packet, Recording, Time};

use super::{CaptureError, Survey};

/// A recording is kept in memory: of more packets none is made.
pub(crate) const LIMIT: usize = 100_000;

/// Makes a recording of the packets of a capture. What its sender has sent, the
/// receiver of a packet has received at the same moment: a capture shows no more.
///
/// # Errors
///
/// [`CaptureError::TooLong`].
pub fn as_recording(
    path: &Path,
    survey: &Survey,
    packets: impl Iterator<Item = super::Packet>,
) -> Result<Recording, CaptureError> {
    let names = survey.host_names();
    let ends = survey.paths.iter().flat_map(|path| {
        path.ends.each_ref().map(|(_, host)| Interface {
            node: names[*host].clone(),
            link: path.name.clone(),
        })
    });
    let packets = packets.filter_map(|it| it.to_recorded());
    kept(path, ends.collect(), packets.flat_map(sent_and_received))
}

/// Makes a recording of packets seen at interfaces.
///
/// # Errors
///
/// [`CaptureError::TooLong`].
pub fn recorded(
    path: &Path,
    interfaces: Vec<Interface>,
    packets: impl Iterator<Item = super::Packet>,
) -> Result<Recording, CaptureError> {
    kept(path, interfaces, packets.filter_map(|it| it.to_recorded()))
}

fn kept(
    path: &Path,
    interfaces: Vec<Interface>,
    packets: impl Iterator<Item = Packet>,
) -> Result<Recording, CaptureError> {
    let packets: Vec<Packet> = packets.take(LIMIT + 1).collect();
    if packets.len() > LIMIT {
        let path = path.to_owned();
        return Err(CaptureError::TooLong { path, limit: LIMIT });
    }
    Ok(recording(path.display().to_string(), interfaces, packets))
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
            ended: Ended::Complete,
            duration: packets.iter().map(|it| it.at).max().unwrap_or(Time::ZERO),
        },
        scenario: String::new(),
        interfaces,
        packets,
        observations: Vec::new(),
    }
}
