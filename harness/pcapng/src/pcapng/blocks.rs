//! Cutting a stream into blocks.

use std::io::Read;

use super::content::{Content, Endian};
use super::number;
use crate::ReadErrorKind;
use crate::buffered::Buffered;

/// The blocks of a stream, one after the other.
#[derive(Debug)]
pub(super) struct Blocks<R> {
    stream: Buffered<R>,
    /// The size of the present block, with the lengths around it.
    size: usize,
    endian: Endian,
}

/// Bytes in front of a block's content, and behind it.
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

    /// Where the block begins that was tried last.
    pub(super) fn current(&self) -> u64 {
        self.stream.offset()
    }

    /// Goes on to the next block, and gives its type; `None` at the end of the
    /// stream.
    #[inline]
    pub(super) fn next(&mut self) -> Result<Option<u32>, ReadErrorKind> {
        self.stream.skip(std::mem::take(&mut self.size));
        if !self.stream.fill(1)? {
            return Ok(None);
        }
        self.fill_or_truncated(FRONT)?;
        let kind = self.endian.u32(self.stream.array(0));
        // This number is the same in either byte order, and what follows the
        // length tells the one of the section that begins here.
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

    /// The content of the present block, without the lengths around it.
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
