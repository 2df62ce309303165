//! Captures in any format, down to the chunks: see the README.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wire::capture::Reader;
use wire::{Frame, Packet};

fuzz_target!(|data: &[u8]| {
    let Ok(mut reader) = Reader::new(data) else {
        return;
    };
    while let Some(packet) = reader.next() {
        let packet = match packet {
            Ok(packet) => packet,
            Err(error) => {
                assert!(error.offset <= data.len() as u64);
                continue;
            }
        };
        let link_type = reader.interface(packet.interface).link_type;
        let Ok(frame) = Frame::decode_captured(link_type, &packet.bytes) else {
            continue;
        };
        if let Some(sctp) = frame.sctp() {
            let _ = Packet::decode_lenient(&packet.bytes.slice_ref(sctp));
        }
    }
});
