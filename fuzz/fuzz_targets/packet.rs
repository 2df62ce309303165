//! libFuzzer's target `packet`: an SCTP packet. See `fuzz/README.md`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzed::packet(data));
