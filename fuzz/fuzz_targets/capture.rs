//! libFuzzer's target `capture`: a capture file of any format. See `fuzz/README.md`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzed::capture(data));
