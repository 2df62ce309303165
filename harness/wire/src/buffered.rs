//! Reading a stream piece by piece.

use std::io::{self, Read};

use bytes::{Buf, Bytes, BytesMut};

/// How much is read at a time, unless a piece is larger.
const AT_A_TIME: usize = 64 << 10;

/// A stream, and what has been read of it ahead.
#[derive(Debug)]
pub(crate) struct Buffered<R> {
    stream: R,
    buffer: BytesMut,
    /// Where the buffer begins in the stream.
    offset: u64,
}

impl<R: Read> Buffered<R> {
    pub(crate) fn new(stream: R) -> Self {
        Self {
            stream,
            buffer: BytesMut::new(),
            offset: 0,
        }
    }

    /// How much of the stream has been taken.
    pub(crate) fn offset(&self) -> u64 {
        self.offset
    }

    /// Reads until so many bytes are there; `false` if the stream ends before.
    /// The buffer grows with what is there, not with what a length claims.
    pub(crate) fn fill(&mut self, count: usize) -> io::Result<bool> {
        while self.buffer.len() < count {
            let filled = self.buffer.len();
            self.buffer.resize(filled + AT_A_TIME, 0);
            let read = read_some(&mut self.stream, &mut self.buffer[filled..]);
            self.buffer
                .truncate(filled + read.as_ref().copied().unwrap_or(0));
            if read? == 0 {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// What has been read ahead.
    pub(crate) fn filled(&self) -> &[u8] {
        &self.buffer
    }

    /// Leaves out so many bytes, which have been filled.
    pub(crate) fn skip(&mut self, count: usize) {
        self.offset += count as u64;
        self.buffer.advance(count);
    }

    /// Takes so many bytes, which have been filled.
    pub(crate) fn take(&mut self, count: usize) -> Bytes {
        self.offset += count as u64;
        self.buffer.split_to(count).freeze()
    }

    /// A few of the bytes ahead, which have been filled.
    pub(crate) fn array<const N: usize>(&self, at: usize) -> [u8; N] {
        let mut array = [0; N];
        array.copy_from_slice(&self.buffer[at..at + N]);
        array
    }
}

fn read_some(stream: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match stream.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            read => return read,
        }
    }
}
