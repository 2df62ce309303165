//! libFuzzer's target `values`: values of fields, one a line. See `fuzz/README.md`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzed::values(data));
