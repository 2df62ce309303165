//! Captures made by hand, in every file format and link type.

use std::io::Write;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::GzEncoder;
use pcapng::{CapturedPacket, Interface, InterfaceId, Section, Writer};
use tempfile::TempDir;
use wire::chunk::{Init, InitAck};
use wire::frame::{Envelope, LinkType};
use wire::{Chunk, Packet, Parameter, Tsn, VerificationTag};

/// A capture: the interface and the bytes of each frame, one millisecond apart.
pub(crate) struct File(Vec<(u32, Vec<u8>)>);

impl File {
    pub(crate) fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds a packet with these addresses and ports, such as `10.0.0.1:7 10.0.0.2:8`.
    pub(crate) fn add(&mut self, way: &str, tag: u32, chunk: impl Into<Chunk>) {
        self.at(0, way, tag, chunk);
    }

    pub(crate) fn at(&mut self, interface: u32, way: &str, tag: u32, chunk: impl Into<Chunk>) {
        self.add_frame(interface, frame(way, tag, chunk));
    }

    pub(crate) fn add_frame(&mut self, interface: u32, frame: Vec<u8>) {
        self.0.push((interface, frame));
    }

    /// Writes a pcapng file of two interfaces.
    pub(crate) fn written(&self) -> (TempDir, PathBuf) {
        self.pcapng(LinkType::ETHERNET, 0, &[])
    }

    /// Writes pcapng files of every link type, pcap files of either resolution and byte
    /// order, and compressed files.
    pub(crate) fn in_every_form(&self) -> Vec<(TempDir, PathBuf)> {
        let mut forms = vec![
            self.written(),
            self.pcapng(LinkType::RAW, 14, &[]),
            self.pcapng(LinkType::NULL, 14, &[2, 0, 0, 0]),
            self.pcapng(LinkType::LINUX_SLL, 14, &[0; 16]),
            self.pcapng(LinkType::LINUX_SLL2, 14, &[0; 20]),
        ];
        for (magic, unit) in [(0xa1b2_c3d4_u32, 1_000), (0xa1b2_3c4d, 1)] {
            forms.push(self.pcap(magic, unit, u32::to_le_bytes, u16::to_le_bytes));
            forms.push(self.pcap(magic, unit, u32::to_be_bytes, u16::to_be_bytes));
        }
        let (folder, path) = self.written();
        let packed = folder.path().join("packed.gz");
        let file = std::fs::File::create(&packed).unwrap();
        let mut encoder = GzEncoder::new(file, Compression::default());
        encoder.write_all(&std::fs::read(path).unwrap()).unwrap();
        encoder.finish().unwrap();
        forms.push((folder, packed));
        forms
    }

    fn pcapng(&self, link_type: LinkType, without: usize, with: &[u8]) -> (TempDir, PathBuf) {
        let mut writer = Writer::new(Vec::new(), &Section::default()).unwrap();
        let interfaces = self.0.iter().map(|(interface, _)| interface).max();
        for number in 0..=interfaces.copied().unwrap_or(0) {
            let mut interface = Interface::ethernet(format!("eth{number}"));
            interface.link_type = link_type;
            writer.add_interface(&interface).unwrap();
        }
        for (number, (interface, frame)) in self.0.iter().enumerate() {
            let bytes = [with, &frame[without..]].concat();
            let at = 1_000_000 * number as u64;
            let packet = CapturedPacket::new(InterfaceId(*interface), at, bytes);
            writer.write_packet(&packet).unwrap();
        }
        kept("capture.pcapng", &writer.finish().unwrap())
    }

    fn pcap(
        &self,
        magic: u32,
        unit: u32,
        u32_bytes: fn(u32) -> [u8; 4],
        u16_bytes: fn(u16) -> [u8; 2],
    ) -> (TempDir, PathBuf) {
        let mut bytes = Vec::new();
        bytes.extend(u32_bytes(magic));
        bytes.extend([2, 4].map(u16_bytes).concat());
        bytes.extend([0, 0, 65_535, 1].map(u32_bytes).concat());
        for (number, (_, frame)) in self.0.iter().enumerate() {
            let length = frame.len() as u32;
            let fraction = 1_000_000 / unit * number as u32;
            bytes.extend([1, fraction, length, length].map(u32_bytes).concat());
            bytes.extend(frame);
        }
        kept("capture.pcap", &bytes)
    }
}

/// A packet in an Ethernet frame.
pub(crate) fn frame(way: &str, tag: u32, chunk: impl Into<Chunk>) -> Vec<u8> {
    let (from, to) = way.split_once(' ').unwrap();
    let [from, to]: [SocketAddr; 2] = [from, to].map(|it| it.parse().unwrap());
    let tag = VerificationTag(tag);
    let packet = Packet::new(from.port(), to.port(), tag, vec![chunk.into()]);
    let mut envelope = Envelope::new(from.ip(), to.ip());
    envelope.link.get_or_insert_default();
    envelope.encode(&packet).unwrap()
}

pub(crate) fn kept(name: &str, bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

pub(crate) fn init(tag: u32, addresses: &[&str]) -> Init {
    Init {
        initiate_tag: VerificationTag(tag),
        a_rwnd: 1 << 16,
        outbound_streams: 1,
        inbound_streams: 1,
        initial_tsn: Tsn(1),
        parameters: parameters(addresses),
    }
}

pub(crate) fn init_ack(tag: u32, addresses: &[&str]) -> InitAck {
    InitAck {
        initiate_tag: VerificationTag(tag),
        a_rwnd: 1 << 16,
        outbound_streams: 1,
        inbound_streams: 1,
        initial_tsn: Tsn(1),
        parameters: parameters(addresses),
    }
}

fn parameters(addresses: &[&str]) -> Vec<Parameter> {
    let parsed = addresses.iter().map(|it| it.parse().unwrap());
    let parameters = parsed.map(|address| match address {
        IpAddr::V4(address) => Parameter::Ipv4Address(address),
        IpAddr::V6(address) => Parameter::Ipv6Address(address),
    });
    parameters.collect()
}
