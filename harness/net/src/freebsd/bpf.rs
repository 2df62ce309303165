//! A bpf descriptor: reads the frames that come into one interface, and sends through it.

use std::fs::File;
use std::io::{self, Read, Write};
use std::mem::offset_of;
use std::os::fd::{AsFd, OwnedFd};

use super::abi::{
    BIOCFLUSH, BIOCGBLEN, BIOCGSTATS, BIOCIMMEDIATE, BIOCSDIRECTION, BIOCSHDRCMPLT, BIOCSTSTAMP,
    BPF_ALIGNMENT, BPF_D_IN, BPF_T_NANOTIME_MONOTONIC, BpfStat, BpfXhdr,
};
use super::ioctl::ioctl;
use crate::frames::Sent;

const SECONDS: usize = offset_of!(BpfXhdr, sec);
const FRACTION: usize = offset_of!(BpfXhdr, frac);
const CAPTURED: usize = offset_of!(BpfXhdr, caplen);
const LENGTH: usize = offset_of!(BpfXhdr, datalen);
const HEADER_LENGTH: usize = offset_of!(BpfXhdr, hdrlen);

#[derive(Debug)]
pub(super) struct Bpf(File);

/// A frame in a buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Record<'a> {
    /// Time of the frame, in nanoseconds of `CLOCK_MONOTONIC`.
    pub(super) at: u64,
    pub(super) bytes: &'a [u8],
    pub(super) cut_short: bool,
}

impl Bpf {
    /// Prepares a descriptor that is bound to an interface. It reads incoming frames
    /// only, immediately, with times of the monotonic clock. It sends frames without
    /// changing their hardware addresses.
    pub(super) fn of(descriptor: OwnedFd) -> io::Result<Self> {
        let on = descriptor.as_fd();
        for (request, mut value) in [
            (BIOCSDIRECTION, BPF_D_IN),
            (BIOCSTSTAMP, BPF_T_NANOTIME_MONOTONIC),
            (BIOCIMMEDIATE, 1),
            (BIOCSHDRCMPLT, 1),
        ] {
            ioctl(on, request, &mut value)?;
        }
        // Earlier frames have another header.
        ioctl(on, BIOCFLUSH, &mut ())?;
        Ok(Self(descriptor.into()))
    }

    /// Length of the buffer that a read needs.
    pub(super) fn buffer_length(&self) -> io::Result<usize> {
        let mut length = 0_u32;
        ioctl(self.0.as_fd(), BIOCGBLEN, &mut length)?;
        Ok(length as usize)
    }

    /// Reads frames; `WouldBlock` if there are none.
    pub(super) fn read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        (&self.0).read(buffer)
    }

    pub(super) fn send(&self, frame: &[u8]) -> Sent {
        match (&self.0).write(frame) {
            Ok(_) => Sent::Taken,
            Err(error) if error.raw_os_error() == Some(libc::ENOBUFS) => Sent::QueueFull,
            Err(error) => Sent::Refused(error),
        }
    }

    /// Number of frames that had no room in the buffer.
    pub(super) fn overruns(&self) -> io::Result<u32> {
        let mut statistics = BpfStat::default();
        ioctl(self.0.as_fd(), BIOCGSTATS, &mut statistics)?;
        Ok(statistics.drop)
    }
}

impl AsFd for Bpf {
    fn as_fd(&self) -> std::os::fd::BorrowedFd<'_> {
        self.0.as_fd()
    }
}

/// The frames in the buffer.
pub(super) fn records(mut buffer: &[u8]) -> impl Iterator<Item = Record<'_>> {
    std::iter::from_fn(move || {
        let header = usize::from(u16::from_ne_bytes(bytes(buffer, HEADER_LENGTH)?));
        let captured = u32::from_ne_bytes(bytes(buffer, CAPTURED)?);
        let length = u32::from_ne_bytes(bytes(buffer, LENGTH)?);
        let seconds = u64::from_ne_bytes(bytes(buffer, SECONDS)?);
        let nanoseconds = u64::from_ne_bytes(bytes(buffer, FRACTION)?);
        let end = header.checked_add(captured as usize)?;
        let record = Record {
            at: seconds
                .saturating_mul(1_000_000_000)
                .saturating_add(nanoseconds),
            bytes: buffer.get(header..end)?,
            cut_short: captured < length,
        };
        buffer = buffer
            .get(end.next_multiple_of(BPF_ALIGNMENT)..)
            .unwrap_or_default();
        Some(record)
    })
}

fn bytes<const N: usize>(buffer: &[u8], at: usize) -> Option<[u8; N]> {
    buffer.get(at..at + N)?.try_into().ok()
}
