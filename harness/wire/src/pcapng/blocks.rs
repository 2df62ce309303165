//! Cutting a stream into blocks.

use std::io::{self, Read};

use bytes::{Bytes, BytesMut};

use super::content::{Content, Endian};
use super::{ReadErrorKind, number};

/// How much is read at a time, unless a block is larger.
const AT_A_TIME: usize = 64 << 10;

/// The blocks of a stream, one after the other.
#[derive(Debug)]
pub(super) struct Blocks<R> {
    stream: R,
    buffer: BytesMut,
    /// Where the buffer begins in the stream.
    offset: u64,
    /// Where the block begins that was tried last.
    current: u64,
    endian: Endian,
}

/// A block: its type, and its content without the lengths around it.
pub(super) struct Block {
    pub(super) kind: u32,
    pub(super) content: Content,
}

impl<R: Read> Blocks<R> {
    pub(super) fn new(stream: R) -> Self {
        Self {
            stream,
            buffer: BytesMut::new(),
            offset: 0,
            current: 0,
            endian: Endian::Little,
        }
    }

    /// Where the block begins that was tried last.
    pub(super) fn current(&self) -> u64 {
        self.current
    }

    /// The first four bytes of the next block, as they stand there.
    pub(super) fn peek(&mut self) -> Result<Option<[u8; 4]>, ReadErrorKind> {
        match self.fill(4)? {
            true => Ok(Some(self.array(0))),
            false => Ok(None),
        }
    }

    /// The next block; `None` at the end of the stream.
    pub(super) fn next(&mut self) -> Result<Option<Block>, ReadErrorKind> {
        self.current = self.offset;
        if !self.fill(1)? {
            return Ok(None);
        }
        self.fill_or_truncated(8)?;
        let kind = self.endian.u32(self.array(0));
        // This number is the same in either byte order, and what follows the
        // length tells the one of the section that begins here.
        if kind == number::SECTION_HEADER {
            self.fill_or_truncated(12)?;
            self.endian = Endian::of_magic(self.array(8))?;
        }
        let length = self.endian.u32(self.array(4));
        if !is_possible(length) {
            return Err(ReadErrorKind::BlockLength(length));
        }
        let size = length as usize;
        self.fill_or_truncated(size)?;
        let back = self.endian.u32(self.array(size - 4));
        if back != length {
            let front = length;
            return Err(ReadErrorKind::LengthsDiffer { front, back });
        }
        let block = self.take(size);
        Ok(Some(Block {
            kind,
            content: Content {
                bytes: block.slice(8..size - 4),
                endian: self.endian,
            },
        }))
    }

    fn fill_or_truncated(&mut self, count: usize) -> Result<(), ReadErrorKind> {
        match self.fill(count)? {
            true => Ok(()),
            false => Err(ReadErrorKind::Truncated),
        }
    }

    /// Reads until so many bytes are there; `false` if the stream ends before.
    /// The buffer grows with what is there, not with what a length claims.
    fn fill(&mut self, count: usize) -> Result<bool, ReadErrorKind> {
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

    fn take(&mut self, count: usize) -> Bytes {
        self.offset += count as u64;
        self.buffer.split_to(count).freeze()
    }

    fn array(&self, at: usize) -> [u8; 4] {
        let mut array = [0; 4];
        array.copy_from_slice(&self.buffer[at..at + 4]);
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

fn is_possible(length: u32) -> bool {
    let size = length as usize;
    (number::AROUND..=number::GREATEST).contains(&size) && size.is_multiple_of(4)
}
