//! libFuzzer's target `scenario`: a scenario. See `fuzz/README.md`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzed::scenario(data));
