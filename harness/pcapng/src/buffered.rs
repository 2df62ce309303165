//! Reads a stream in pieces through a buffer.

use std::io::{self, Read};
use std::ops::Range;

/// Number of bytes that are read at a time: few enough that they are still in the
/// processor's cache when they are decoded.
const AT_A_TIME: usize = 128 << 10;

/// A stream, and a buffer with the bytes that were read ahead.
#[derive(Debug)]
pub(crate) struct Buffered<R> {
    stream: R,
    buffer: Vec<u8>,
    /// Place of the bytes in the buffer that were read and not consumed.
    ahead: Range<usize>,
    /// Offset of the first of these bytes in the stream.
    offset: u64,
}

impl<R: Read> Buffered<R> {
    pub(crate) fn new(stream: R) -> Self {
        Self {
            stream,
            buffer: Vec::new(),
            ahead: 0..0,
            offset: 0,
        }
    }

    /// Number of bytes of the stream that have been consumed.
    pub(crate) fn offset(&self) -> u64 {
        self.offset
    }

    /// Reads until this many bytes are in the buffer. Returns `false` if the stream ends
    /// before.
    #[inline]
    pub(crate) fn fill(&mut self, count: usize) -> io::Result<bool> {
        Ok(self.ahead.len() >= count || self.read_on(count)?)
    }

    /// Reads from the stream until this many bytes are in the buffer. The buffer grows with
    /// the bytes that arrive, not with the length that a field of the file claims.
    #[cold]
    fn read_on(&mut self, count: usize) -> io::Result<bool> {
        self.buffer.copy_within(self.ahead.clone(), 0);
        self.ahead = 0..self.ahead.len();
        while self.ahead.len() < count {
            let room = self.ahead.end..self.ahead.end + AT_A_TIME;
            if self.buffer.len() < room.end {
                self.buffer.resize(room.end, 0);
            }
            match self.stream.read(&mut self.buffer[room]) {
                Ok(0) => return Ok(false),
                Ok(read) => self.ahead.end += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(true)
    }

    /// The bytes in the buffer.
    #[inline]
    pub(crate) fn filled(&self) -> &[u8] {
        &self.buffer[self.ahead.clone()]
    }

    /// Consumes this many bytes, which must be in the buffer.
    #[inline]
    pub(crate) fn skip(&mut self, count: usize) {
        self.offset += count as u64;
        self.ahead.start += count;
    }

    /// Some of the bytes in the buffer, at this offset.
    #[inline]
    pub(crate) fn array<const N: usize>(&self, at: usize) -> [u8; N] {
        let mut array = [0; N];
        array.copy_from_slice(&self.filled()[at..at + N]);
        array
    }
}
