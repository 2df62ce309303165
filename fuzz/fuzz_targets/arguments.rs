//! See the README.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzed::arguments(data));
