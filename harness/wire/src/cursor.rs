//! Reads fields one after the other, and keeps the offset for error messages.

use bytes::Bytes;

use crate::{DecodeError, Expected};

/// A position in a packet, and the end of the bytes that may be read from it.
///
/// Offsets are always those in the whole packet, so an error deep inside a
/// parameter still points at the right byte.
#[derive(Debug)]
pub(crate) struct Cursor<'a> {
    packet: &'a Bytes,
    at: usize,
    end: usize,
    what: &'static str,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(packet: &'a Bytes, what: &'static str) -> Self {
        Self {
            packet,
            at: 0,
            end: packet.len(),
            what,
        }
    }

    /// Sets the name of the thing that is read from here on, for errors.
    pub(crate) fn rename(&mut self, what: &'static str) {
        self.what = what;
    }

    pub(crate) fn offset(&self) -> usize {
        self.at
    }

    pub(crate) fn remaining(&self) -> usize {
        self.end - self.at
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.at == self.end
    }

    pub(crate) fn error(&self, offset: usize, expected: Expected) -> DecodeError {
        DecodeError {
            what: self.what,
            offset,
            expected,
        }
    }

    fn advance(&mut self, count: usize) -> Result<usize, DecodeError> {
        let start = self.at;
        if count > self.remaining() {
            return Err(self.error(
                start,
                Expected::Bytes {
                    needed: count,
                    left: self.remaining(),
                },
            ));
        }
        self.at += count;
        Ok(start)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], DecodeError> {
        let start = self.advance(N)?;
        let mut array = [0; N];
        array.copy_from_slice(&self.packet[start..start + N]);
        Ok(array)
    }

    pub(crate) fn u8(&mut self) -> Result<u8, DecodeError> {
        self.array().map(u8::from_be_bytes)
    }

    pub(crate) fn u16(&mut self) -> Result<u16, DecodeError> {
        self.array().map(u16::from_be_bytes)
    }

    pub(crate) fn u32(&mut self) -> Result<u32, DecodeError> {
        self.array().map(u32::from_be_bytes)
    }

    /// The remaining bytes, without copying them.
    pub(crate) fn rest(&mut self) -> Bytes {
        let start = self.at;
        self.at = self.end;
        self.packet.slice(start..self.end)
    }

    /// A cursor over the next `count` bytes. This cursor continues after them.
    pub(crate) fn split(
        &mut self,
        count: usize,
        what: &'static str,
    ) -> Result<Cursor<'a>, DecodeError> {
        let start = self.advance(count)?;
        Ok(Cursor {
            packet: self.packet,
            at: start,
            end: start + count,
            what,
        })
    }

    /// Skips to the next multiple of 4, at which every chunk, parameter and cause begins.
    pub(crate) fn align(&mut self) -> Result<(), DecodeError> {
        self.advance(self.padding()).map(drop)
    }

    /// Like [`align`](Self::align), but accepts padding that is cut off.
    pub(crate) fn align_leniently(&mut self) {
        self.at += self.padding().min(self.remaining());
    }

    fn padding(&self) -> usize {
        self.at.next_multiple_of(4) - self.at
    }

    /// Fails if any bytes are left.
    pub(crate) fn finish(&self) -> Result<(), DecodeError> {
        match self.remaining() {
            0 => Ok(()),
            left => Err(self.error(self.at, Expected::End { left })),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_inside_a_part_point_into_the_whole() {
        let packet = Bytes::from_static(&[1, 2, 3, 4, 5, 6]);
        let mut whole = Cursor::new(&packet, "whole");
        whole.u8().unwrap();
        let mut part = whole.split(3, "part").unwrap();
        part.u16().unwrap();
        assert_eq!(
            part.u16().unwrap_err(),
            DecodeError {
                what: "part",
                offset: 3,
                expected: Expected::Bytes { needed: 2, left: 1 },
            }
        );
        assert_eq!(whole.rest(), Bytes::from_static(&[5, 6]));
    }
}
