//! Frames as they come from the kernel, and what it does with those it is given.

use std::io;

/// A frame as it was received.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ReceivedFrame<'a> {
    /// Index of the interface, as the layout numbers them.
    pub(crate) interface: u32,
    /// When, in nanoseconds of `CLOCK_MONOTONIC`.
    pub(crate) at: u64,
    /// From the Ethernet header on.
    pub(crate) bytes: &'a [u8],
    /// Whether it was longer than its interface's MTU should allow, and so was
    /// cut off.
    pub(crate) cut_short: bool,
}

/// What became of a frame that was given to the kernel.
#[derive(Debug)]
pub(crate) enum Sent {
    /// It is on its way.
    Taken,
    /// The interface's queue had no room for it.
    QueueFull,
    /// The kernel refused it.
    Refused(io::Error),
}
