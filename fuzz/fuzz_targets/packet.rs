//! SCTP packets: see the README.

#![no_main]

use bytes::Bytes;
use libfuzzer_sys::fuzz_target;
use wire::{Glance, Packet};

fuzz_target!(|data: &[u8]| {
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
});
