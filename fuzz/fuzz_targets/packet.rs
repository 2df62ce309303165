//! SCTP packets: see the README.

#![no_main]

use bytes::Bytes;
use libfuzzer_sys::fuzz_target;
use wire::Packet;

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
    assert!(!partial.packet.to_string().contains('\n'));
    let again = Packet::decode(&partial.packet.encode()).expect("what was encoded decodes");
    assert_eq!(again.chunks, partial.packet.chunks);
});
