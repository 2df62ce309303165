//! Fuzz targets: each function reads arbitrary bytes as the lab reads untrusted input,
//! and must return.
//!
//! libFuzzer calls them from `fuzz/`, and the test `mutated` on any toolchain.

mod capture;
mod frames;
mod recorded;
mod written;

pub use capture::capture;
pub use frames::{fragments, frame, packet, pcapng};
pub use recorded::recording;
pub use written::{arguments, scenario, targets, values};

/// A target.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// The target's name in `fuzz/` and of its corpus.
    pub name: &'static str,
    /// Takes any bytes.
    pub take: fn(&[u8]),
    /// The form of those bytes.
    pub form: Form,
}

/// The form of a target's bytes: it decides how they are mutated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Numbers in the order of bytes of a machine or of the network.
    Binary,
    /// Words, and numbers in digits.
    Text,
    /// One part binary, another text.
    Both,
}

/// All targets.
pub const TARGETS: [Target; 10] = [
    target("packet", packet, Form::Binary),
    target("frame", frame, Form::Binary),
    target("fragments", fragments, Form::Binary),
    target("pcapng", pcapng, Form::Binary),
    target("capture", capture, Form::Binary),
    target("recording", recording, Form::Both),
    target("scenario", scenario, Form::Text),
    target("targets", targets, Form::Text),
    target("values", values, Form::Text),
    target("arguments", arguments, Form::Text),
];

const fn target(name: &'static str, take: fn(&[u8]), form: Form) -> Target {
    Target { name, take, form }
}
