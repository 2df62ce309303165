//! libFuzzer's target `fragments`: frames with fragments of IP packets. See
//! `fuzz/README.md`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzed::fragments(data));
