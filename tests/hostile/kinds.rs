//! Hostile captures that fill one of a reader's lists each.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::iter;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::bytes::{
    SECTION, data, fragment, init, interface, ip, long_block, option, packet, packet_head, sctp,
    sctp_between, section,
};

/// A kind of capture.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    /// What the lab must say of the capture, if the capture is refused.
    pub(crate) says: Option<&'static str>,
    blocks: fn() -> Blocks,
    is_packed: bool,
}

type Blocks = Box<dyn Iterator<Item = Vec<u8>>>;

/// Size of a plain file in bytes: a plain file has as many blocks as fit. A packed file has as
/// many blocks as fill the reader's list, since gzip packs up to a thousand million bytes into
/// a million.
const PLAIN: usize = 1_000_000;

impl Kind {
    const fn packed(name: &'static str, blocks: fn() -> Blocks) -> Self {
        Self {
            name,
            says: None,
            blocks,
            is_packed: true,
        }
    }

    const fn plain(name: &'static str, blocks: fn() -> Blocks) -> Self {
        Self {
            is_packed: false,
            ..Self::packed(name, blocks)
        }
    }

    const fn says(self, says: &'static str) -> Self {
        Self {
            says: Some(says),
            ..self
        }
    }

    pub(crate) fn file_name(&self) -> &'static str {
        match self.is_packed {
            true => "hostile.pcapng.gz",
            false => "hostile.pcapng",
        }
    }

    pub(crate) fn write(&self, path: &Path) -> io::Result<()> {
        let mut file = BufWriter::new(File::create(path)?);
        let blocks = (self.blocks)();
        if self.is_packed {
            let mut packed = GzEncoder::new(file, Compression::fast());
            for block in blocks {
                packed.write_all(&block)?;
            }
            return packed.finish()?.flush();
        }
        let mut size = 0;
        for block in blocks {
            size += block.len();
            if size > PLAIN {
                break;
            }
            file.write_all(&block)?;
        }
        file.flush()
    }
}

pub(crate) const ALL: &[Kind] = &[
    Kind::packed("interfaces", interfaces).says("more than 16384 interfaces"),
    Kind::packed("names-of-interfaces", names_of_interfaces).says("more than 16384 interfaces"),
    Kind::packed("empty-comments-of-a-section", empty_comments_of_a_section)
        .says("more than 1024 texts"),
    Kind::packed("comments-of-a-section", comments_of_a_section).says("1048576 bytes of them"),
    Kind::packed("empty-comments-of-a-packet", empty_comments).says("more than 1024 texts"),
    Kind::packed("long-comments", long_comments),
    Kind::packed("long-packets", long_packets),
    Kind::packed("blocks-of-other-kinds", other_blocks),
    Kind::plain("conversations", || conversations(u32::MAX)),
    Kind::packed("very-many-conversations", || conversations(80_000)),
    Kind::packed("ports", ports),
    Kind::packed("addresses-of-one-host", addresses_of_one_host),
    Kind::packed("tsns-of-many-associations", tsns),
    Kind::plain("chunks", chunks),
    Kind::plain("parameters", || parameters_of(16_000, u64::MAX)),
    Kind::packed("lists-of-parameters", || parameters_of(8_200, 45)),
    Kind::packed("lists-of-chunks", lists_of_chunks),
    Kind::packed("lists-of-tsns", lists_of_tsns),
    Kind::packed("small-packets", small_packets),
    Kind::packed("associations-that-check-takes", || {
        Box::new(associations().take(27_000))
    }),
    Kind::packed("associations-of-two-hosts", inits),
    Kind::packed("packets-of-many-chunks", || Box::new(chunks().take(60))),
    Kind::plain("the-same-tsns-again", the_same_again),
    Kind::plain("associations", associations),
    Kind::packed("heartbeats-on-many-paths", heartbeats),
    Kind::packed("a-fold-of-many-paths", folded),
    Kind::packed("lost-packets-of-the-lab", lost_packets),
    Kind::packed("packets-of-the-lab-that-hide-others", hidden),
    Kind::packed("changed-packets-of-the-lab", changed),
    Kind::plain("interfaces-of-the-lab", interfaces_of_the_lab),
    Kind::packed("large-packets-between-two-hosts", large),
    Kind::plain("fragments", || fragments(u32::MAX)),
    Kind::packed("very-many-fragments", || fragments(200_000)),
    Kind::packed("large-fragments", large_fragments),
    Kind::packed("more-than-a-capture-unpacks-to", too_large).says("unpack it first"),
    Kind::packed("more-packets-than-bytes", too_many).says("unpack it first"),
];

fn of_one_interface(packets: impl Iterator<Item = Vec<u8>> + 'static) -> Blocks {
    let head = [section(&[]), interface(&[])];
    Box::new(head.into_iter().chain(packets))
}

/// A packet between the first two hosts.
fn between_two(at: u64, sctp: &[u8]) -> Vec<u8> {
    packet(0, at, &ip(1, 2, sctp), &[])
}

fn interfaces() -> Blocks {
    let many = interface(&[]).repeat(1000);
    Box::new(iter::once(section(&[])).chain(iter::repeat_n(many, 4000)))
}

fn names_of_interfaces() -> Blocks {
    // Each byte is no UTF-8, and becomes a replacement character of three bytes.
    let named = interface(&option(2, &[0xff; 60_000]));
    Box::new(iter::once(section(&[])).chain(iter::repeat_n(named, 2000)))
}

fn empty_comments_of_a_section() -> Blocks {
    let part = option(1, &[]).repeat(1000);
    Box::new(long_block(0x0a0d_0d0a, &SECTION, part, 3900))
}

fn comments_of_a_section() -> Blocks {
    let part = option(1, &[0xff; 65_532]);
    Box::new(long_block(0x0a0d_0d0a, &SECTION, part, 250))
}

fn empty_comments() -> Blocks {
    let bytes = ip(1, 2, &sctp(1, &data(1)));
    let mut head = [packet_head(0, 0, bytes.len()), bytes].concat();
    head.resize(head.len().next_multiple_of(4), 0);
    let part = option(1, &[]).repeat(1000);
    of_one_interface(long_block(6, &head, part, 3900))
}

fn long_comments() -> Blocks {
    let comment = option(1, &[b'A'; 65_532]);
    let one = packet(0, 0, &ip(1, 2, &sctp(1, &data(1))), &comment);
    of_one_interface(iter::repeat_n(one, 4000))
}

fn long_packets() -> Blocks {
    let mut bytes = ip(1, 2, &sctp(1, &data(1)));
    bytes.resize(1 << 10, 0);
    let head = [packet_head(0, 0, 16_000 << 10), bytes].concat();
    let rest = vec![0; 1 << 10];
    of_one_interface((0..20).flat_map(move |_| long_block(6, &head, rest.clone(), 15_999)))
}

fn other_blocks() -> Blocks {
    let names = || long_block(4, &[], vec![0; 1 << 10], 16_000);
    let last = between_two(0, &sctp(1, &data(1)));
    of_one_interface((0..20).flat_map(move |_| names()).chain([last]))
}

fn conversations(most: u32) -> Blocks {
    of_one_interface((0..most).map(|number| {
        let sctp = sctp(number + 1, &data(1));
        packet(0, 0, &ip(2 * number, 2 * number + 1, &sctp), &[])
    }))
}

fn ports() -> Blocks {
    of_one_interface((0..u32::from(u16::MAX)).map(|number| {
        let ports = (number as u16, number as u16 + 1);
        let sctp = sctp_between(ports.0, ports.1, number + 1, &[]);
        packet(0, 0, &ip(1, 1, &sctp), &[])
    }))
}

fn addresses_of_one_host() -> Blocks {
    let inits = (0..9).map(|part| {
        let addresses = (8000 * part..8000 * (part + 1)).map(|number| {
            let address = crate::bytes::address(100 + number).octets();
            [&[0, 5, 0, 8], &address[..]].concat()
        });
        let parameters = addresses.flatten().collect::<Vec<u8>>();
        packet(0, 0, &ip(100, 1, &sctp(0, &init(&parameters))), &[])
    });
    let packets = (0..65_536).map(|number| packet(0, 0, &ip(100 + number, 1, &sctp(77, &[])), &[]));
    of_one_interface(inits.chain(packets))
}

/// As many TSNs as the reader remembers, and more.
fn tsns() -> Blocks {
    of_one_interface((0..4096).map(|number: u32| {
        let tag = number + 1;

        let chunks: Vec<u8> = (0..64).flat_map(data).collect();
        between_two(0, &sctp(tag, &chunks))
    }))
}

fn chunks() -> Blocks {
    let chunks = [11, 0, 0, 4].repeat(16_000);
    of_one_interface((0..).map(move |number| between_two(number, &sctp(1, &chunks))))
}

fn parameters_of(most: usize, packets: u64) -> Blocks {
    let parameters = [0xc0, 0, 0, 4].repeat(most);
    let init = move |number| between_two(number, &sctp(0, &init(&parameters)));
    of_one_interface((0..packets).map(init))
}

/// As many packets as `check` takes, each with one chunk more than a new list has room for.
fn lists_of_chunks() -> Blocks {
    let chunks = [11, 0, 0, 4].repeat(33);
    of_one_interface((0..7_500).map(move |number| between_two(number, &sctp(1, &chunks))))
}

/// As many packets as `check` takes, each with a list of TSNs.
fn lists_of_tsns() -> Blocks {
    of_one_interface((0..3_900).map(|number| {
        let chunks: Vec<u8> = (33 * number..33 * (number + 1)).flat_map(data).collect();
        between_two(number.into(), &sctp(1, &chunks))
    }))
}

/// As many INITs as `check` takes, each with another tag.
fn inits() -> Blocks {
    of_one_interface((0..27_000).map(|number: u64| {
        let mut chunk = init(&[]);
        chunk[4..8].copy_from_slice(&(number as u32 + 1).to_be_bytes());
        between_two(number, &sctp(0, &chunk))
    }))
}

/// As many small packets as `check` takes.
fn small_packets() -> Blocks {
    of_one_interface((0..39_000).map(|number| between_two(number, &sctp(1, &[11, 0, 0, 4]))))
}

/// Each INIT begins an association, from a port of its own.
fn associations() -> Blocks {
    of_one_interface((0..).map(|number: u64| {
        let mut chunk = init(&[]);
        chunk[4..8].copy_from_slice(&(number as u32 + 1).to_be_bytes());
        let sctp = sctp_between(number as u16, 6000, 0, &chunk);
        packet(0, number, &ip(1, 2, &sctp), &[])
    }))
}

fn the_same_again() -> Blocks {
    let chunks: Vec<u8> = (0..3200).flat_map(data).collect();
    of_one_interface((0..).map(move |number| between_two(number, &sctp(1, &chunks))))
}

fn good(mut sctp: Vec<u8>) -> Vec<u8> {
    let whole = bytes::Bytes::from(sctp.clone());
    if let Ok(partial) = wire::Packet::decode_lenient(&whole) {
        let mut packet = partial.packet;
        packet.checksum = wire::Checksum::Good;
        sctp = packet.encode();
    }
    sctp
}

fn heartbeats() -> Blocks {
    of_one_interface((0..2 * 65_536).map(|number: u32| {
        let path = number % 65_536;
        let heartbeat = [&[4, 0, 0, 12, 0, 1, 0, 8][..], &path.to_be_bytes()].concat();
        let sctp = good(sctp(path + 1, &heartbeat));
        packet(
            0,
            u64::from(number),
            &ip(2 * path, 2 * path + 1, &sctp),
            &[],
        )
    }))
}

fn folded() -> Blocks {
    of_one_interface((0..3 * 30_000).map(|number: u32| {
        let path = number % 30_000;
        let sctp = good(sctp(path + 1, &data(number / 30_000)));
        packet(
            0,
            u64::from(number),
            &ip(2 * path, 2 * path + 1, &sctp),
            &[],
        )
    }))
}

/// A capture that says that the lab wrote it, with this number of ends of links.
fn of_the_lab(ends: u32, packets: impl Iterator<Item = Vec<u8>> + 'static) -> Blocks {
    let head = iter::once(section(&option(4, b"sctp-lab")));
    let ends = (0..ends).map(|end| {
        let name = format!(
            "{}/link-{}",
            ["client", "server"][end as usize % 2],
            end / 2
        );
        interface(&option(2, name.as_bytes()))
    });
    Box::new(head.chain(ends).chain(packets))
}

const SENT: u32 = 2;
const RECEIVED: u32 = 1;

fn flags(direction: u32) -> Vec<u8> {
    option(2, &direction.to_le_bytes())
}

fn long_one(number: u32) -> Vec<u8> {
    ip(1, 2, &[sctp(1, &data(number)), vec![0; 60_000]].concat())
}

fn lost_packets() -> Blocks {
    let packets = (0..4000).map(|number| packet(0, 0, &long_one(number), &flags(SENT)));
    of_the_lab(2, packets)
}

/// One packet of four waits for its arrival at the other end; the others are on no link.
fn hidden() -> Blocks {
    let late = iter::once(interface(&option(2, b"client/late")));
    let packets = (0..20_000).map(|number: u32| match number % 4 {
        0 => packet(0, 0, &ip(1, 2, &sctp(1, &data(number))), &flags(SENT)),
        _ => packet(2, 0, &[0; 60_000], &flags(SENT)),
    });
    // Interfaces are looked at when the first packets have been read.
    let first = (0..5000).map(|number| packet(0, 0, &long_one(number), &flags(SENT)));
    of_the_lab(2, first.take(10).chain(late).chain(packets))
}

fn changed() -> Blocks {
    let remark = option(1, b"corrupted by `rule`");
    let packets = (0..6000).map(move |number: u32| {
        let (end, direction) = [(0, SENT), (1, RECEIVED)][usize::from(number % 2000 >= 1000)];
        let options = [flags(direction), remark.clone()].concat();
        packet(end, 0, &long_one(number), &options)
    });
    of_the_lab(2, packets)
}

fn interfaces_of_the_lab() -> Blocks {
    of_the_lab(
        12_000,
        (0..12_000).map(|number| {
            let one = ip(1, 2, &sctp(1, &data(number)));
            packet(number, 0, &one, &flags(1 + number % 2))
        }),
    )
}

/// Large packets, few enough to be kept by their number.
fn large() -> Blocks {
    of_one_interface((0..5000).map(|number| packet(0, 0, &long_one(number), &[])))
}

const MORE: u16 = 0x2000;

/// Fragments of packets that never become whole.
fn fragments(most: u32) -> Blocks {
    let whole = between_two(0, &sctp(1, &data(1)));
    let fragments = (0..most).map(|number| {
        let bytes = fragment(1 + (number >> 16), 2, number as u16, MORE, &[0; 8]);
        packet(0, 0, &bytes, &[])
    });
    of_one_interface(iter::once(whole).chain(fragments))
}

fn large_fragments() -> Blocks {
    let whole = between_two(0, &sctp(1, &data(1)));
    let fragments = (0..6000_u16).map(|number| {
        let bytes = fragment(1, 2, number, MORE, &[0; 60_000]);
        packet(0, 0, &bytes, &[])
    });
    of_one_interface(iter::once(whole).chain(fragments))
}

/// The same DATA again and again, which gzip packs to next to nothing.
fn too_many() -> Blocks {
    let same = packet(0, 0, &between_two(0, &sctp(1, &data(1))), &[]);
    of_one_interface(iter::repeat_n(same, 260_000))
}

fn too_large() -> Blocks {
    let between_two = packet(0, 0, &between_two(0, &sctp(1, &data(1))), &[]);
    let nothing = packet(0, 0, &[0; 60_000], &[]);
    of_one_interface(iter::once(between_two).chain(iter::repeat_n(nothing, 4600)))
}
