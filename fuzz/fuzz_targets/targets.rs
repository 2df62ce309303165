//! libFuzzer's target `targets`: a list of hosts to capture on. See `fuzz/README.md`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzed::targets(data));
