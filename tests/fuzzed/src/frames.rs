//! Fuzz targets for bytes from a network.

use bytes::Bytes;
use pcapng::{CapturedPacket, Reader, WriteError, Writer};
use wire::build::Item;
use wire::frame::{Frame, LinkType, Put, Reassembly, Transport, chunk_heads};
use wire::{Glance, Packet};

/// An SCTP packet. Errors point into the packet, what decodes encodes to the same, a glance
/// sees the same chunks, and what is described is built to the same bytes.
///
/// # Panics
///
/// If that is not so.
pub fn packet(data: &[u8]) {
    let bytes = Bytes::copy_from_slice(data);
    let partial = match Packet::decode_lenient(&bytes) {
        Ok(partial) => partial,
        Err(error) => {
            assert!(error.offset <= data.len());
            return;
        }
    };
    if let Some(error) = &partial.error {
        assert!(error.offset <= data.len());
    }
    if let Some(glance) = Glance::at(data) {
        let found = partial.packet.chunks.iter().map(|chunk| chunk.kind());
        assert!(glance.chunks().map(|(kind, _)| kind).eq(found));
        assert_eq!(partial.error, None);
    }
    assert!(!partial.packet.to_string().contains('\n'));
    let again = Packet::decode(&partial.packet.encode()).expect("what was encoded decodes");
    assert_eq!(again.chunks, partial.packet.chunks);
    described(&data[12..]);
}

/// Chunks, well-formed or not, with their padding.
fn described(mut chunks: &[u8]) {
    while let [_, _, upper, lower, ..] = chunks {
        let length = usize::from(u16::from_be_bytes([*upper, *lower]));
        let end = length.max(4).next_multiple_of(4).min(chunks.len());
        let (chunk, behind) = chunks.split_at(end);
        if let Some(item) = Item::read(chunk) {
            let built = item.build().expect("what was read can be built");
            assert!(built.starts_with(chunk), "{item}");
        }
        chunks = behind;
    }
}

/// An Ethernet frame or an IP packet. The SCTP packet that is found lies in the frame, and
/// the rebuilt frame has the same packet and envelope.
///
/// # Panics
///
/// If that is not so.
pub fn frame(data: &[u8]) {
    for frame in [Frame::decode(data), Frame::decode_ip(data)] {
        let frame = match frame {
            Ok(frame) => frame,
            Err(error) => {
                assert!(!error.to_string().is_empty());
                continue;
            }
        };
        match frame.transport {
            Transport::Other(other) => assert!(!other.to_string().is_empty()),
            Transport::Icmp(message) => {
                assert!(!message.to_string().is_empty());
                if let Some(quoted) = message.quoted() {
                    assert!(chunk_heads(quoted.sctp).count() <= quoted.sctp.len());
                }
            }
            _ => {}
        }
        let Some(sctp) = frame.sctp() else { continue };
        assert!(data.as_ptr_range().start <= sctp.as_ptr_range().start);
        assert!(sctp.as_ptr_range().end <= data.as_ptr_range().end);
        let Ok(rebuilt) = frame.envelope().encode_sctp(sctp) else {
            continue;
        };
        let again = match frame.link {
            Some(_) => Frame::decode(&rebuilt),
            None => Frame::decode_ip(&rebuilt),
        };
        let again = again.expect("what was encoded decodes");
        assert_eq!(again.sctp(), Some(sctp));
        assert_eq!(again.envelope(), frame.envelope());
    }
}

/// Fragments of IP packets, each behind a byte with its length in units of four. A packet
/// that is put together is no fragment, cut again it gives the same fragment, and memory
/// stays within the input's size.
///
/// # Panics
///
/// If that is not so.
pub fn fragments(data: &[u8]) {
    let mut reassembly = Reassembly::default();
    let mut rest = data;
    let mut at = 0;
    while let Some((length, behind)) = rest.split_first() {
        let length = behind.len().min(4 * usize::from(*length));
        let (frame, behind) = behind.split_at(length);
        rest = behind;
        at += 1_000_000_000;
        for link_type in [LinkType::ETHERNET, LinkType::RAW] {
            let put = reassembly.put(usize::from(link_type.0), at, link_type, frame);
            if let Put::Whole(whole) = put {
                let mut other = Reassembly::default();
                let again = other.put(0, at, link_type, &whole.frame);
                assert_eq!(again, Put::NoFragment);
                let cut = whole.cut_again(&whole.frame, link_type, frame);
                assert_eq!(cut.as_deref(), Some(frame));
            }
        }
        assert!(reassembly.incomplete() <= data.len());
    }
}

/// A capture file of either format. Errors point into the file, and packets that are read,
/// written and read again are the same.
///
/// # Panics
///
/// If that is not so.
pub fn pcapng(data: &[u8]) {
    let Ok(mut reader) = Reader::new(data) else {
        return;
    };
    let mut packets = Vec::new();
    for packet in reader.by_ref() {
        match packet {
            Ok(packet) => packets.push(packet),
            Err(error) => assert!(error.offset <= data.len() as u64),
        }
    }
    // Bytes that are no UTF-8 become longer when read, and may not fit again.
    if let Ok(file) = rewrite(&reader, &packets)
        && let Ok(reader) = Reader::new(&file[..])
    {
        let again: Result<Vec<_>, _> = reader.collect();
        if let Ok(again) = again {
            assert_eq!(again, packets);
        }
    }
}

fn rewrite(reader: &Reader<&[u8]>, packets: &[CapturedPacket]) -> Result<Vec<u8>, WriteError> {
    let section = reader.section().cloned().unwrap_or_default();
    let mut writer = Writer::new(Vec::new(), &section)?;
    for interface in reader.interfaces() {
        writer.add_interface(interface)?;
    }
    for packet in packets {
        writer.write_packet(packet)?;
    }
    writer.finish()
}
