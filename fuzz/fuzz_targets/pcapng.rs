//! libFuzzer's target `pcapng`: a capture file. See `fuzz/README.md`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzed::pcapng(data));
