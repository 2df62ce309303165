//! libFuzzer's target `recording`: a packed recording. See `fuzz/README.md`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzed::recording(data));
