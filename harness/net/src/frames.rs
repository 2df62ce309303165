//! Frames from the kernel, and the results of sending frames.

use std::io;

/// A frame as it was received.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ReceivedFrame<'a> {
    /// Index of the interface, as the layout numbers them.
    pub(crate) interface: u32,
    /// Time of the frame, in nanoseconds of `CLOCK_MONOTONIC`.
    pub(crate) at: u64,
    /// The frame from the Ethernet header on.
    pub(crate) bytes: &'a [u8],
    /// Whether the frame was longer than the MTU of its interface allows, and was
    /// truncated.
    pub(crate) cut_short: bool,
}

/// The result of sending a frame.
#[derive(Debug)]
pub(crate) enum Sent {
    /// The kernel accepted the frame.
    Taken,
    /// The queue of the interface was full.
    QueueFull,
    /// The kernel refused the frame.
    Refused(io::Error),
}
