//! libFuzzer's target `frame`: an Ethernet frame or an IP packet. See `fuzz/README.md`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzed::frame(data));
