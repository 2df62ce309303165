//! What holds for all packets, frames and captures.

mod any_cause;
mod any_chunk;
mod any_packet;
mod any_parameter;
mod captures;
mod frames;
mod packets;
