//! Captures in any format, down to the chunks: see the README.

#![no_main]

use bytes::Bytes;
use libfuzzer_sys::fuzz_target;
use wire::capture::Reader;
use wire::{Frame, Packet};

fuzz_target!(|data: &[u8]| {
    let Ok(mut reader) = Reader::new(data) else {
        return;
    };
    loop {
        let packet = match reader.next_ref() {
            Ok(Some(packet)) => packet,
            Ok(None) => return,
            Err(error) => {
                assert!(error.offset <= data.len() as u64);
                continue;
            }
        };
        let Ok(frame) = Frame::decode_captured(packet.link_type, packet.bytes) else {
            continue;
        };
        if let Some(sctp) = frame.sctp() {
            let _ = Packet::decode_lenient(&Bytes::copy_from_slice(sctp));
        }
    }
});
