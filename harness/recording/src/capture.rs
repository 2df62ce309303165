//! Writes the packets of a recording as a pcapng file: an interface block for each node's
//! end of a link, named `node/link`; times counted from the start of the run; a comment
//! on every packet that a fault affected.

use pcapng::{CapturedPacket, InterfaceId, Reader, Section, Writer};

use super::{Direction, FolderError, Interface, Packet, Recording, Time};

/// Name of the writing program in the lab's captures.
pub const APPLICATION: &str = "sctp-lab";

/// Beginning of the comment on the whole capture, before the name of the scenario.
pub const OF_SCENARIO: &str = "scenario ";

impl Recording {
    /// The packets as a pcapng file.
    ///
    /// # Errors
    ///
    /// [`FolderError::CaptureWrite`].
    pub fn to_pcapng(&self) -> Result<Vec<u8>, FolderError> {
        write(self)
    }
}

pub(crate) fn write(recording: &Recording) -> Result<Vec<u8>, FolderError> {
    let section = Section {
        hardware: None,
        os: Some(recording.info.kernel.clone()),
        user_application: Some(APPLICATION.to_owned()),
        comments: vec![format!("{OF_SCENARIO}{}", recording.info.scenario)],
    };
    write_all(&section, &recording.interfaces, &recording.packets)
}

pub(crate) fn write_all(
    section: &Section,
    interfaces: &[Interface],
    packets: &[Packet],
) -> Result<Vec<u8>, FolderError> {
    let mut writer = Writer::new(Vec::new(), section)?;
    for interface in interfaces {
        writer.add_interface(&interface.into())?;
    }
    for packet in packets {
        writer.write_packet(&packet.into())?;
    }
    Ok(writer.finish()?)
}

impl From<&Interface> for pcapng::Interface {
    fn from(interface: &Interface) -> Self {
        let mut block = Self::ethernet(interface.to_string());
        block.description = Some(format!("{} at {}", interface.link, interface.node));
        block
    }
}

impl From<&Packet> for CapturedPacket {
    fn from(packet: &Packet) -> Self {
        let interface = InterfaceId(u32::try_from(packet.interface).unwrap_or(u32::MAX));
        let mut captured = Self::new(interface, packet.at.as_nanos(), packet.frame.clone());
        captured.direction = Some(match packet.direction {
            Direction::In => pcapng::Direction::Inbound,
            Direction::Out => pcapng::Direction::Outbound,
        });
        captured.comments.extend(packet.fault.clone());
        captured
    }
}

pub(crate) fn read(bytes: &[u8]) -> Result<(Vec<Interface>, Vec<Packet>), FolderError> {
    let mut reader = Reader::new(bytes)?;
    let mut packets = Vec::new();
    for captured in reader.by_ref() {
        let captured = captured?;
        packets.push(Packet {
            at: Time::from_nanos(captured.time_ns),
            interface: captured.interface.0 as usize,
            direction: match captured.direction {
                Some(pcapng::Direction::Outbound) => Direction::Out,
                Some(pcapng::Direction::Inbound) | None => Direction::In,
            },
            frame: captured.bytes,
            fault: captured.comments.into_iter().next(),
        });
    }
    let interfaces = reader
        .interfaces()
        .map(|interface| {
            let name = interface.name.as_deref().unwrap_or_default();
            let (node, link) = name
                .split_once('/')
                .ok_or_else(|| FolderError::Interface(name.to_owned()))?;
            Ok(Interface {
                node: node.to_owned(),
                link: link.to_owned(),
            })
        })
        .collect::<Result<_, FolderError>>()?;
    Ok((interfaces, packets))
}
