//! What holds for all packets, frames and captures.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

mod any_cause;
mod any_chunk;
mod any_packet;
mod any_parameter;
mod captures;
mod descriptions;
mod fields;
mod frames;
mod packets;
