//! Reading a stream piece by piece.

use std::io::{self, Read};
use std::ops::Range;

/// How much is read at a time. Twice as much is still near the processor when it
/// is looked at.
const AT_A_TIME: usize = 128 << 10;

/// A stream, and what has been read of it ahead.
#[derive(Debug)]
pub(crate) struct Buffered<R> {
    stream: R,
    buffer: Vec<u8>,
    /// Where in the buffer what has been read ahead lies.
    ahead: Range<usize>,
    /// Where that begins in the stream.
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

    /// How much of the stream has been taken.
    pub(crate) fn offset(&self) -> u64 {
        self.offset
    }

    /// Reads until so many bytes are there; `false` if the stream ends before.
    #[inline]
    pub(crate) fn fill(&mut self, count: usize) -> io::Result<bool> {
        Ok(self.ahead.len() >= count || self.read_on(count)?)
    }

    /// The buffer grows with what is there, not with what a length claims.
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

    /// What has been read ahead.
    #[inline]
    pub(crate) fn filled(&self) -> &[u8] {
        &self.buffer[self.ahead.clone()]
    }

    /// Leaves out so many bytes, which have been filled.
    #[inline]
    pub(crate) fn skip(&mut self, count: usize) {
        self.offset += count as u64;
        self.ahead.start += count;
    }

    /// A few of the bytes ahead, which have been filled.
    #[inline]
    pub(crate) fn array<const N: usize>(&self, at: usize) -> [u8; N] {
        let mut array = [0; N];
        array.copy_from_slice(&self.filled()[at..at + N]);
        array
    }
}
