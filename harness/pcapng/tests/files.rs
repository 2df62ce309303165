//! Reads and writes capture files of all kinds, byte for byte.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use pcapng_stream::{
    CapturedPacket, Direction, Interface, InterfaceId, LinkType, ReadError, ReadErrorKind, Reader,
    Section, WriteError, Writer,
};

/// Writes blocks in either byte order, valid or not.
struct Blocks {
    big_endian: bool,
    bytes: Vec<u8>,
}

impl Blocks {
    fn new(big_endian: bool) -> Self {
        let bytes = Vec::new();
        Self { big_endian, bytes }
    }

    fn u16(&self, number: u16) -> Vec<u8> {
        match self.big_endian {
            true => number.to_be_bytes().to_vec(),
            false => number.to_le_bytes().to_vec(),
        }
    }

    fn u32(&self, number: u32) -> Vec<u8> {
        match self.big_endian {
            true => number.to_be_bytes().to_vec(),
            false => number.to_le_bytes().to_vec(),
        }
    }

    fn option(&self, code: u16, value: &[u8]) -> Vec<u8> {
        let mut option = self.u16(code);
        option.extend(self.u16(u16::try_from(value.len()).unwrap()));
        option.extend(value);
        option.resize(option.len().next_multiple_of(4), 0);
        option
    }

    fn block(mut self, kind: u32, parts: &[Vec<u8>]) -> Self {
        let content = parts.concat();
        let length = self.u32(u32::try_from(content.len() + 12).unwrap());
        let block = [self.u32(kind), length.clone(), content, length].concat();
        self.bytes.extend(block);
        self
    }

    fn section(self) -> Self {
        let version = [self.u16(1), self.u16(0)].concat();
        let parts = [self.u32(0x1a2b_3c4d), version, vec![0xff; 8]];
        self.block(0x0a0d_0d0a, &parts)
    }

    fn interface(self, options: &[Vec<u8>]) -> Self {
        let head = [self.u16(1), vec![0, 0], self.u32(0)].concat();
        self.block(1, &[head, options.concat()])
    }

    /// A packet of 5 bytes.
    fn packet(self, interface: u32, time: u64, options: &[Vec<u8>]) -> Self {
        let numbers = [interface, (time >> 32) as u32, time as u32, 5, 5];
        let head = numbers.map(|number| self.u32(number)).concat();
        let bytes = vec![1, 2, 3, 4, 5, 0, 0, 0];
        self.block(6, &[head, bytes, options.concat()])
    }

    fn read(&self) -> Vec<Result<CapturedPacket, ReadError>> {
        Reader::new(&self.bytes[..]).unwrap().collect()
    }
}

/// The error of opening these bytes.
#[track_caller]
fn refusal(bytes: &[u8]) -> String {
    Reader::new(bytes).unwrap_err().to_string()
}

#[test]
fn either_byte_order() {
    for big_endian in [false, true] {
        let blocks = Blocks::new(big_endian).section();
        let name = blocks.option(2, b"path-a");
        let nanoseconds = blocks.option(9, &[9]);
        let end = blocks.option(0, &[]);
        let outbound = blocks.option(2, &blocks.u32(2));
        let comment = blocks.option(1, b"lost");
        let blocks = blocks.interface(&[name, nanoseconds, end.clone()]).packet(
            0,
            0x1_0000_0002,
            &[outbound, comment, end],
        );
        let mut expected = CapturedPacket::new(InterfaceId(0), 0x1_0000_0002, vec![1, 2, 3, 4, 5]);
        expected.direction = Some(Direction::Outbound);
        expected.comments = vec!["lost".to_owned()];
        let mut reader = Reader::new(&blocks.bytes[..]).unwrap();
        assert_eq!(reader.next().unwrap().unwrap(), expected);
        assert!(reader.next().is_none());
        assert_eq!(
            reader.interface(InterfaceId(0)),
            &Interface::ethernet("path-a")
        );
    }
}

#[test]
fn microseconds_unless_the_interface_says_otherwise() {
    let blocks = Blocks::new(false).section();
    let milliseconds = blocks.option(9, &[3]);
    let an_hour_later = blocks.option(14, &3_600_i64.to_le_bytes());
    let blocks = blocks
        .interface(&[])
        .interface(&[milliseconds, an_hour_later])
        .packet(0, 7, &[])
        .packet(1, 7, &[]);
    let times: Vec<_> = blocks
        .read()
        .into_iter()
        .map(|it| it.unwrap().time_ns)
        .collect();
    assert_eq!(times, [7_000, 3_600_007_000_000]);
}

#[test]
fn blocks_without_packets_are_skipped() {
    let blocks = Blocks::new(false)
        .section()
        .block(4, &[vec![0; 16]])
        .interface(&[])
        .block(0x0bad_0000, &[vec![1; 100_000]])
        .packet(0, 1, &[]);
    assert_eq!(blocks.read().len(), 1);
}

#[test]
fn interfaces_of_a_second_section_count_on() {
    let blocks = Blocks::new(false)
        .section()
        .interface(&[])
        .packet(0, 1, &[])
        .section()
        .interface(&[])
        .packet(0, 2, &[]);
    let ids: Vec<_> = blocks
        .read()
        .into_iter()
        .map(|it| it.unwrap().interface)
        .collect();
    assert_eq!(ids, [InterfaceId(0), InterfaceId(1)]);
}

#[test]
fn a_cut_file_gives_what_came_before_then_the_error_then_nothing() {
    let mut blocks = Blocks::new(false)
        .section()
        .interface(&[])
        .packet(0, 1, &[]);
    let whole = blocks.bytes.len();
    blocks = blocks.packet(0, 2, &[]);
    blocks.bytes.truncate(whole + 30);
    let mut reader = Reader::new(&blocks.bytes[..]).unwrap();
    assert_eq!(reader.next().unwrap().unwrap().time_ns, 1_000);
    let error = reader.next().unwrap().unwrap_err();
    assert_eq!(error.offset, whole as u64);
    assert!(matches!(error.kind, ReadErrorKind::Truncated), "{error}");
    assert!(reader.next().is_none());
}

#[test]
fn a_hostile_length_is_refused_before_it_costs_memory() {
    let mut blocks = Blocks::new(false).section();
    let at = blocks.bytes.len();
    blocks.bytes.extend([6, 0, 0, 0, 0xfc, 0xff, 0xff, 0xff]);
    let error = blocks.read().remove(0).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "capture file, byte {at}: a block length of 4294967292 cannot be: \
             at least 12, at most 16 MiB, and a multiple of 4"
        )
    );
}

#[test]
fn what_contradicts_itself_is_an_error() {
    let begun = || Blocks::new(false).section();
    let no_interface = begun().packet(3, 1, &[]);
    let short = begun().interface(&[]).block(6, &[vec![0; 8]]);
    let mut lengths_differ = begun().interface(&[]);
    *lengths_differ.bytes.last_mut().unwrap() = 1;
    let simple = begun().interface(&[]).block(3, &[vec![0; 8]]);
    let late = begun();
    let seconds = late.option(9, &[0]);
    let late = late.interface(&[seconds]).packet(0, u64::MAX, &[]);
    for (blocks, expected) in [
        (
            no_interface,
            "a packet on interface 3, which the file has not described",
        ),
        (short, "the block is too short for its packet"),
        (
            lengths_differ,
            "a block begins with length 20 and ends with length 16777236",
        ),
        (
            simple,
            "a simple packet block, which is not supported: rewrite the file with `editcap IN OUT`",
        ),
        (late, "a time stamp is out of range"),
    ] {
        let error = blocks.read().remove(0).unwrap_err();
        assert_eq!(error.kind.to_string(), expected);
    }
}

#[test]
fn other_files_are_refused() {
    assert_eq!(
        refusal(b""),
        "capture file, byte 0: the file ends before its header does"
    );
    assert_eq!(
        refusal(b"%PDF-1.7"),
        "capture file, byte 0: neither a pcapng nor a pcap file"
    );
    assert_eq!(
        refusal(&[0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0]),
        "capture file, byte 0: the file ends before its header does"
    );
    let mut no_order = Blocks::new(false).section().bytes;
    no_order[8] = 0;
    assert_eq!(
        refusal(&no_order),
        "capture file, byte 0: not a pcapng file"
    );
    let mut later = Blocks::new(false).section().bytes;
    later[12] = 2;
    assert_eq!(
        refusal(&later),
        "capture file, byte 0: pcapng version 2.0 is not known, only 1.x"
    );
}

#[test]
fn writing_refuses_what_could_not_be_read() {
    let mut writer = Writer::new(Vec::new(), &Section::default()).unwrap();
    let unknown = CapturedPacket::new(InterfaceId(0), 0, vec![]);
    assert!(matches!(
        writer.write_packet(&unknown),
        Err(WriteError::NoSuchInterface(0))
    ));
    let interface = Interface {
        name: Some("x".repeat(65_536)),
        description: None,
        link_type: LinkType::RAW,
        snapshot_length: 0,
    };
    assert_eq!(
        writer.add_interface(&interface).unwrap_err().to_string(),
        "a text of 65536 bytes is too long for a capture: 65535 is the limit"
    );
    // Nothing of a refused block is written.
    let file = writer.finish().unwrap();
    assert_eq!(Reader::new(&file[..]).unwrap().count(), 0);
}

#[test]
fn the_modified_pcap_format_is_read() {
    let mut file = Vec::new();
    for word in [0xa1b2_cd34_u32, 0x0004_0002, 0, 0, 65_535, 1] {
        file.extend(word.to_le_bytes());
    }
    for number in 1..3_u32 {
        for word in [number, 7, 4, 4, 2, 0] {
            file.extend(word.to_le_bytes());
        }
        file.extend([number as u8; 4]);
    }
    let packets: Vec<_> = Reader::new(&file[..])
        .unwrap()
        .map(|packet| packet.unwrap())
        .collect();
    assert_eq!(packets.len(), 2);
    assert_eq!(packets[1].time_ns, 2_000_007_000);
    assert_eq!(packets[1].bytes[..], [2; 4]);
}

#[test]
fn a_packed_file_names_what_unpacks_it() {
    let refused = Reader::new(&[0x28, 0xb5, 0x2f, 0xfd, 0, 0][..]);
    let words = refused.map(|_| ()).unwrap_err().to_string();
    assert!(
        words.contains("packed by zstd") && words.contains("`zstd -d FILE`"),
        "{words}"
    );
}
