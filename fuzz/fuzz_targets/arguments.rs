//! libFuzzer's target `arguments`: command lines, Wireshark's too. See `fuzz/README.md`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzed::arguments(data));
