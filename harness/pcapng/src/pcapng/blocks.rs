//! Splits a stream into blocks.

use std::io::Read;

use super::content::{Content, Endian};
use super::number;
use crate::ReadErrorKind;
use crate::buffered::Buffered;

/// The blocks of a stream, in order.
#[derive(Debug)]
pub(super) struct Blocks<R> {
    stream: Buffered<R>,
    /// Length of the current block, including its length fields.
    size: usize,
    endian: Endian,
}

/// Bytes before a block's content, and after it.
const FRONT: usize = 8;
const BACK: usize = 4;

impl<R: Read> Blocks<R> {
    pub(super) fn new(stream: Buffered<R>) -> Self {
        Self {
            stream,
            size: 0,
            endian: Endian::Little,
        }
    }

    /// Offset of the block that was tried last.
    pub(super) fn current(&self) -> u64 {
        self.stream.offset()
    }

    /// Reads the next block, and returns its type; `None` at the end of the stream.
    #[inline]
    pub(super) fn next(&mut self) -> Result<Option<u32>, ReadErrorKind> {
        self.stream.skip(std::mem::take(&mut self.size));
        if !self.stream.fill(1)? {
            return Ok(None);
        }
        self.fill_or_truncated(FRONT)?;
        let kind = self.endian.u32(self.stream.array(0));
        // The type of a section header is the same in either byte order. The number after
        // the length gives the byte order of the section.
        if kind == number::SECTION_HEADER {
            self.fill_or_truncated(FRONT + 4)?;
            self.endian = Endian::of_magic(self.stream.array(FRONT))?;
        }
        let length = self.endian.u32(self.stream.array(4));
        if !is_possible(length) {
            return Err(ReadErrorKind::BlockLength(length));
        }
        let size = length as usize;
        self.fill_or_truncated(size)?;
        let back = self.endian.u32(self.stream.array(size - BACK));
        if back != length {
            let front = length;
            return Err(ReadErrorKind::LengthsDiffer { front, back });
        }
        self.size = size;
        Ok(Some(kind))
    }

    /// The content of the current block, without its length fields.
    pub(super) fn content(&self) -> Content<'_> {
        Content {
            bytes: &self.stream.filled()[FRONT..self.size - BACK],
            endian: self.endian,
        }
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
