//! A large capture of a call, made by hand.

use std::fs::File;
use std::io::{self, BufWriter};
use std::net::IpAddr;
use std::path::Path;

use pcapng::{CapturedPacket, Interface, Section, Writer};
use wire::chunk::{CookieEcho, Data, Heartbeat, HeartbeatAck, Init, InitAck, Sack};
use wire::frame::Envelope;
use wire::{Chunk, Packet, Parameter, Ppid, Ssn, StreamId, Tsn, VerificationTag};

/// A call between two hosts with two addresses each, as another tool would have captured
/// it: one interface, no directions.
///
/// Every message has 100 bytes and is acknowledged. Now and then a message is sent again on
/// the other path, and the other path is probed.
pub struct Call {
    /// The number of packets.
    pub packets: usize,
}

const CLIENT: [IpAddr; 2] = [v4(192, 0, 2, 1), v4(198, 51, 100, 1)];
const SERVER: [IpAddr; 2] = [v4(192, 0, 2, 2), v4(198, 51, 100, 2)];
const FIRST: Tsn = Tsn(1000);

const fn v4(a: u8, b: u8, c: u8, d: u8) -> IpAddr {
    IpAddr::V4(std::net::Ipv4Addr::new(a, b, c, d))
}

impl Call {
    /// One message of this number is sent again on the other path, which is probed then.
    const NOW_AND_THEN: usize = 5_000;

    /// Writes the call as a pcapng file.
    ///
    /// # Errors
    ///
    /// Errors of the file system.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        let file = BufWriter::new(File::create(path)?);
        let mut writer = Writer::new(file, &Section::default()).map_err(io::Error::other)?;
        let interface = writer
            .add_interface(&Interface::ethernet("eth0"))
            .map_err(io::Error::other)?;
        for (number, (way, chunk)) in self.chunks().take(self.packets).enumerate() {
            let frame = way.frame(chunk);
            let at = 1_700_000_000_000_000_000 + 1_000_000 * number as u64;
            let packet = CapturedPacket::new(interface, at, frame);
            writer.write_packet(&packet).map_err(io::Error::other)?;
        }
        writer.finish().map_err(io::Error::other)?;
        Ok(())
    }

    fn chunks(&self) -> impl Iterator<Item = (Way, Chunk)> {
        let there = |path| Way { path, there: true };
        let back = |path| Way { path, there: false };
        let handshake = [
            (there(0), Chunk::Init(init())),
            (back(0), Chunk::InitAck(init_ack())),
            (
                there(0),
                Chunk::CookieEcho(CookieEcho {
                    cookie: "cookie".into(),
                }),
            ),
            (back(0), Chunk::CookieAck(wire::chunk::CookieAck)),
        ];
        let messages = (0..).flat_map(move |number| {
            let mut chunks = vec![(there(0), data(number)), (back(0), sack(number))];
            if number % Self::NOW_AND_THEN == Self::NOW_AND_THEN - 1 {
                let info = bytes::Bytes::from_static(b"now");
                chunks.insert(1, (there(1), data(number)));
                chunks.push((there(1), Chunk::Heartbeat(Heartbeat { info: info.clone() })));
                chunks.push((back(1), Chunk::HeartbeatAck(HeartbeatAck { info })));
            }
            chunks
        });
        handshake.into_iter().chain(messages)
    }
}

/// The path of a packet, and its direction.
#[derive(Clone, Copy)]
struct Way {
    path: usize,
    there: bool,
}

impl Way {
    fn frame(self, chunk: Chunk) -> Vec<u8> {
        let (client, server) = (CLIENT[self.path], SERVER[self.path]);
        let tag = match (&chunk, self.there) {
            (Chunk::Init(_), _) => 0,
            (_, true) => 2,
            (_, false) => 1,
        };
        let (from, to, ports) = match self.there {
            true => (client, server, (40_000, 5_000)),
            false => (server, client, (5_000, 40_000)),
        };
        let packet = Packet::new(ports.0, ports.1, VerificationTag(tag), vec![chunk]);
        Envelope::new(from, to).encode(&packet).unwrap_or_default()
    }
}

fn init() -> Init {
    Init {
        initiate_tag: VerificationTag(1),
        a_rwnd: 1 << 17,
        outbound_streams: 10,
        inbound_streams: 10,
        initial_tsn: FIRST,
        parameters: addresses(CLIENT),
    }
}

fn init_ack() -> InitAck {
    let mut parameters = addresses(SERVER);
    parameters.push(Parameter::StateCookie("cookie".into()));
    InitAck {
        initiate_tag: VerificationTag(2),
        a_rwnd: 1 << 17,
        outbound_streams: 10,
        inbound_streams: 10,
        initial_tsn: FIRST,
        parameters,
    }
}

fn addresses(addresses: [IpAddr; 2]) -> Vec<Parameter> {
    let parameters = addresses.map(|address| match address {
        IpAddr::V4(address) => Parameter::Ipv4Address(address),
        IpAddr::V6(address) => Parameter::Ipv6Address(address),
    });
    parameters.to_vec()
}

fn tsn(number: usize) -> Tsn {
    FIRST + u32::try_from(number).unwrap_or(u32::MAX)
}

fn data(number: usize) -> Chunk {
    Chunk::Data(Data {
        immediate: false,
        unordered: false,
        beginning: true,
        ending: true,
        tsn: tsn(number),
        stream: StreamId(0),
        ssn: Ssn(number as u16),
        ppid: Ppid(0),
        payload: vec![b'x'; 100].into(),
    })
}

fn sack(number: usize) -> Chunk {
    Chunk::Sack(Sack {
        cumulative_tsn_ack: tsn(number),
        a_rwnd: 1 << 17,
        gap_ack_blocks: Vec::new(),
        duplicate_tsns: Vec::new(),
    })
}
