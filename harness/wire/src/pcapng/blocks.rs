//! Cutting a stream into blocks.

use std::io::Read;

use super::content::{Content, Endian};
use super::{ReadErrorKind, number};
use crate::buffered::Buffered;

/// The blocks of a stream, one after the other.
#[derive(Debug)]
pub(super) struct Blocks<R> {
    stream: Buffered<R>,
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
    pub(super) fn new(stream: Buffered<R>) -> Self {
        Self {
            stream,
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
        match self.stream.fill(4)? {
            true => Ok(Some(self.stream.array(0))),
            false => Ok(None),
        }
    }

    /// The next block; `None` at the end of the stream.
    pub(super) fn next(&mut self) -> Result<Option<Block>, ReadErrorKind> {
        self.current = self.stream.offset();
        if !self.stream.fill(1)? {
            return Ok(None);
        }
        self.fill_or_truncated(8)?;
        let kind = self.endian.u32(self.stream.array(0));
        // This number is the same in either byte order, and what follows the
        // length tells the one of the section that begins here.
        if kind == number::SECTION_HEADER {
            self.fill_or_truncated(12)?;
            self.endian = Endian::of_magic(self.stream.array(8))?;
        }
        let length = self.endian.u32(self.stream.array(4));
        if !is_possible(length) {
            return Err(ReadErrorKind::BlockLength(length));
        }
        let size = length as usize;
        self.fill_or_truncated(size)?;
        let back = self.endian.u32(self.stream.array(size - 4));
        if back != length {
            let front = length;
            return Err(ReadErrorKind::LengthsDiffer { front, back });
        }
        let block = self.stream.take(size);
        Ok(Some(Block {
            kind,
            content: Content {
                bytes: block.slice(8..size - 4),
                endian: self.endian,
            },
        }))
    }

    fn fill_or_truncated(&mut self, count: usize) -> Result<(), ReadErrorKind> {
        match self.stream.fill(count)? {
            true => Ok(()),
            false => Err(ReadErrorKind::Truncated),
        }
    }
}

fn is_possible(length: u32) -> bool {
    let size = length as usize;
    (number::AROUND..=number::GREATEST).contains(&size) && size.is_multiple_of(4)
}
