//! Tests of reassembled packets.

use super::*;
use crate::frame::{Envelope, Frame};

const SCTP: usize = 3000;
const HELD: Put = Put::Held { packet: 1 };
const REFUSED: Put = Put::Refused { packet: 1 };

fn whole(is_v6: bool) -> Vec<u8> {
    let sctp: Vec<u8> = (0..SCTP).map(|it| it as u8).collect();
    let ends: [IpAddr; 2] = match is_v6 {
        true => [
            [0xfd, 0, 0, 0, 0, 0, 0, 1].into(),
            [0xfd, 0, 0, 0, 0, 0, 0, 2].into(),
        ],
        false => [[10, 0, 1, 1].into(), [10, 0, 1, 2].into()],
    };
    let envelope = Envelope::new(ends[0], ends[1]);
    envelope.encode_sctp(&sctp).unwrap()
}

/// A fragment of the payload in a frame of its own.
fn part(is_v6: bool, from: usize, to: usize) -> Vec<u8> {
    let frame = whole(is_v6);
    let head = if is_v6 { 54 } else { 34 };
    let (mut start, payload) = (frame[..head].to_vec(), &frame[head..]);
    let more = to < payload.len();
    let place = (from / 8) as u16;
    if is_v6 {
        let length = (8 + to - from) as u16;
        start[18..20].copy_from_slice(&length.to_be_bytes());
        start[20] = 44;
        let place = (place << 3 | u16::from(more)).to_be_bytes();
        start.extend([132, 0, place[0], place[1], 0, 0, 0, 9]);
    } else {
        let length = (20 + to - from) as u16;
        start[16..18].copy_from_slice(&length.to_be_bytes());
        let place = (place | u16::from(more) << 13).to_be_bytes();
        start[18..22].copy_from_slice(&[0, 9, place[0], place[1]]);
    }
    start.extend(&payload[from..to]);
    start
}

fn put(reassembly: &mut Reassembly, at_ns: u64, frame: &[u8]) -> Put {
    reassembly.put(0, at_ns, LinkType::ETHERNET, frame)
}

#[test]
fn fragments_become_the_packet_in_any_order() {
    for is_v6 in [false, true] {
        let cuts = [(0, 1000), (1000, 2000), (2000, SCTP)];
        for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0], [1, 0, 2]] {
            let mut reassembly = Reassembly::default();
            let parts = order.map(|it: usize| part(is_v6, cuts[it].0, cuts[it].1));
            assert_eq!(put(&mut reassembly, 0, &parts[0]), HELD);
            // A fragment that comes twice counts once.
            assert_eq!(put(&mut reassembly, 0, &parts[0]), HELD);
            assert_eq!(put(&mut reassembly, 0, &parts[1]), HELD);
            let Put::Whole(found) = put(&mut reassembly, 0, &parts[2]) else {
                panic!("all are there");
            };
            assert_eq!(found.fragments, 3);
            let whole = whole(is_v6);
            assert_eq!(found.frame.len(), whole.len());
            let decoded = [&found.frame, &whole].map(|it| Frame::decode(it).unwrap());
            assert_eq!(decoded[0].sctp(), decoded[1].sctp());
            assert_eq!(decoded[0].envelope(), decoded[1].envelope());
            // Cutting the whole packet again gives the original fragments.
            for part in &parts {
                let again = found.cut_again(&found.frame, LinkType::ETHERNET, part);
                assert_eq!(again.as_ref(), Some(part));
            }
            assert_eq!((reassembly.incomplete(), reassembly.bytes), (0, 0));
        }
    }
}

#[test]
fn what_overlaps_is_refused() {
    for is_v6 in [false, true] {
        for wrong in [(8, 1008), (992, 1500), (800, SCTP)] {
            let mut reassembly = Reassembly::default();
            put(&mut reassembly, 0, &part(is_v6, 0, 1000));
            let wrong = part(is_v6, wrong.0 / 8 * 8, wrong.1 / 8 * 8);
            assert_eq!(put(&mut reassembly, 0, &wrong), REFUSED, "{is_v6}");
            assert_eq!((reassembly.given_up(), reassembly.bytes), (1, 0));
        }
    }
}

#[test]
fn a_fragment_in_fragments_is_refused() {
    let mut reassembly = Reassembly::default();
    // The header after the fragment header is a part of the payload in both cases.
    let parts = [(0, 1000), (1000, SCTP)].map(|(from, to)| {
        let mut part = part(true, from, to);
        part[54] = 44;
        part
    });
    assert_eq!(put(&mut reassembly, 0, &parts[0]), HELD);
    assert_eq!(put(&mut reassembly, 0, &parts[1]), REFUSED);
}

#[test]
fn what_comes_too_late_or_elsewhere_is_of_another_packet() {
    let mut reassembly = Reassembly::default();
    put(&mut reassembly, 0, &part(false, 0, 1000));
    let rest = part(false, 1000, SCTP);
    let elsewhere = reassembly.put(1, 0, LinkType::ETHERNET, &rest);
    assert_eq!(elsewhere, Put::Held { packet: 2 });
    let late = put(&mut reassembly, 31_000_000_000, &rest);
    assert_eq!(late, Put::Held { packet: 3 });
    assert_eq!(reassembly.given_up(), 2);
}

#[test]
fn memory_is_limited_however_many_packets_lack_a_fragment() {
    let mut reassembly = Reassembly::default();
    let first = part(false, 0, 1000);
    for number in 0..20_000_u32 {
        let mut frame = first.clone();
        frame[18..20].copy_from_slice(&(number as u16).to_be_bytes());
        frame[26..30].copy_from_slice(&number.to_be_bytes());
        put(&mut reassembly, 0, &frame);
        assert!(reassembly.bytes <= MOST_BYTES);
    }
    assert!(reassembly.given_up() > 10_000);
    assert!(reassembly.in_order.len() <= 2 * reassembly.incomplete() + 64);
}

#[test]
fn a_whole_packet_and_a_cut_one_are_no_fragments() {
    let mut reassembly = Reassembly::default();
    assert_eq!(put(&mut reassembly, 0, &whole(false)), Put::NoFragment);
    let fragment = part(true, 0, 1000);
    for length in 0..fragment.len() {
        let cut = put(&mut reassembly, 0, &fragment[..length]);
        assert_eq!(cut, Put::NoFragment);
    }
}
