//! Capture files: see the README.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wire::pcapng::{CapturedPacket, Reader, WriteError, Writer};

fuzz_target!(|data: &[u8]| {
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
    if let Ok(file) = rewrite(&reader, &packets) {
        let reader = Reader::new(&file[..]).expect("what was written is read");
        let again: Result<Vec<_>, _> = reader.collect();
        assert_eq!(again.expect("what was written is read"), packets);
    }
});

fn rewrite(reader: &Reader<&[u8]>, packets: &[CapturedPacket]) -> Result<Vec<u8>, WriteError> {
    let mut writer = Writer::new(Vec::new(), reader.section())?;
    for (_, interface) in reader.interfaces() {
        writer.add_interface(interface)?;
    }
    for packet in packets {
        writer.write_packet(packet)?;
    }
    writer.finish()
}
