//! Properties that hold for all packets and frames.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

mod any_cause;
mod any_chunk;
mod any_packet;
mod any_parameter;
mod descriptions;
mod fields;
mod frames;
mod packets;
