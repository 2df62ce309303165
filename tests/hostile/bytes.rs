//! Hostile captures, built byte by byte.

use std::iter;
use std::net::Ipv4Addr;

/// `LINKTYPE_RAW`.
const RAW: u16 = 101;

pub(crate) fn block(kind: u32, content: &[u8]) -> Vec<u8> {
    let size = content.len().next_multiple_of(4);
    let length = (size as u32 + 12).to_le_bytes();
    let mut block = [&kind.to_le_bytes()[..], &length, content].concat();
    block.resize(8 + size, 0);
    block.extend(length);
    block
}

/// A block whose content repeats the same bytes this number of times, piece by piece. The
/// test itself must stay small: the kernel counts a child's memory from its parent's size
/// on.
pub(crate) fn long_block(
    kind: u32,
    head: &[u8],
    part: Vec<u8>,
    times: usize,
) -> impl Iterator<Item = Vec<u8>> + use<> {
    let length = (12 + head.len() + part.len() * times) as u32;
    let length = length.to_le_bytes();
    let front = [&kind.to_le_bytes()[..], &length, head].concat();
    let parts = iter::repeat_n(part, times);
    iter::once(front).chain(parts).chain([length.to_vec()])
}

/// The start of a section header block's content.
pub(crate) const SECTION: [u8; 16] = [
    0x4d, 0x3c, 0x2b, 0x1a, 1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
];

pub(crate) fn option(code: u16, value: &[u8]) -> Vec<u8> {
    let mut option = [
        &code.to_le_bytes()[..],
        &(value.len() as u16).to_le_bytes(),
        value,
    ]
    .concat();
    option.resize(option.len().next_multiple_of(4), 0);
    option
}

pub(crate) fn section(options: &[u8]) -> Vec<u8> {
    block(0x0a0d_0d0a, &[&SECTION[..], options].concat())
}

pub(crate) fn interface(options: &[u8]) -> Vec<u8> {
    let head = u32::from(RAW).to_le_bytes();
    block(1, &[&head[..], &[0; 4], options].concat())
}

pub(crate) fn packet(interface: u32, at: u64, bytes: &[u8], options: &[u8]) -> Vec<u8> {
    let mut content = packet_head(interface, at, bytes.len());
    content.extend(bytes);
    content.resize(content.len().next_multiple_of(4), 0);
    content.extend(options);
    block(6, &content)
}

/// The start of the content of a packet's block, for a packet of this length.
pub(crate) fn packet_head(interface: u32, at: u64, length: usize) -> Vec<u8> {
    let length = (length as u32).to_le_bytes();
    [
        &interface.to_le_bytes()[..],
        &((at >> 32) as u32).to_le_bytes(),
        &(at as u32).to_le_bytes(),
        &length,
        &length,
    ]
    .concat()
}

/// The `number`th address of 10.0.0.0/8.
pub(crate) fn address(number: u32) -> Ipv4Addr {
    Ipv4Addr::from(0x0a00_0000 + number)
}

pub(crate) fn ip(from: u32, to: u32, payload: &[u8]) -> Vec<u8> {
    fragment(from, to, 0, 0, payload)
}

/// A fragment of an IPv4 packet. `id` is the identification, `place` the flags and the
/// offset.
pub(crate) fn fragment(from: u32, to: u32, id: u16, place: u16, payload: &[u8]) -> Vec<u8> {
    let length = (20 + payload.len()) as u16;
    [
        &[0x45, 0][..],
        &length.to_be_bytes(),
        &id.to_be_bytes(),
        &place.to_be_bytes(),
        &[64, 132, 0, 0],
        &address(from).octets(),
        &address(to).octets(),
        payload,
    ]
    .concat()
}

/// An SCTP packet with a checksum of zero.
pub(crate) fn sctp(tag: u32, chunks: &[u8]) -> Vec<u8> {
    sctp_between(5000, 6000, tag, chunks)
}

pub(crate) fn sctp_between(from: u16, to: u16, tag: u32, chunks: &[u8]) -> Vec<u8> {
    [
        &from.to_be_bytes()[..],
        &to.to_be_bytes(),
        &tag.to_be_bytes(),
        &[0; 4],
        chunks,
    ]
    .concat()
}

/// A DATA chunk, whole and with one byte.
pub(crate) fn data(tsn: u32) -> Vec<u8> {
    let head = [0, 3, 0, 17];
    [&head[..], &tsn.to_be_bytes(), &[0; 8], b"x\0\0\0"].concat()
}

/// An INIT chunk with these parameters.
pub(crate) fn init(parameters: &[u8]) -> Vec<u8> {
    let length = (20 + parameters.len()) as u16;
    [
        &[1, 0][..],
        &length.to_be_bytes(),
        &[0, 0, 0, 7, 0, 0, 4, 0, 0, 1, 0, 1, 0, 0, 0, 1],
        parameters,
    ]
    .concat()
}
