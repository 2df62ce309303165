//! The content of a block, in the byte order of its section.

use bytes::{Buf, Bytes};

use super::{ReadErrorKind, number};

/// The byte order of a section.
#[derive(Clone, Copy, Debug)]
pub(super) enum Endian {
    Little,
    Big,
}

impl Endian {
    /// The byte order in which the magic number has been written.
    pub(super) fn of_magic(magic: [u8; 4]) -> Result<Self, ReadErrorKind> {
        match number::BYTE_ORDER_MAGIC {
            number if u32::from_le_bytes(magic) == number => Ok(Self::Little),
            number if u32::from_be_bytes(magic) == number => Ok(Self::Big),
            _ => Err(ReadErrorKind::NotPcapng),
        }
    }

    pub(super) fn u16(self, bytes: [u8; 2]) -> u16 {
        match self {
            Self::Little => u16::from_le_bytes(bytes),
            Self::Big => u16::from_be_bytes(bytes),
        }
    }

    pub(super) fn u32(self, bytes: [u8; 4]) -> u32 {
        match self {
            Self::Little => u32::from_le_bytes(bytes),
            Self::Big => u32::from_be_bytes(bytes),
        }
    }

    pub(super) fn i64(self, bytes: [u8; 8]) -> i64 {
        match self {
            Self::Little => i64::from_le_bytes(bytes),
            Self::Big => i64::from_be_bytes(bytes),
        }
    }
}

/// What is left of a block's content.
pub(super) struct Content {
    pub(super) bytes: Bytes,
    pub(super) endian: Endian,
}

impl Content {
    fn array<const N: usize>(&mut self, what: &'static str) -> Result<[u8; N], ReadErrorKind> {
        let mut array = [0; N];
        self.bytes
            .try_copy_to_slice(&mut array)
            .map_err(|_| ReadErrorKind::TooShort(what))?;
        Ok(array)
    }

    pub(super) fn u16(&mut self, what: &'static str) -> Result<u16, ReadErrorKind> {
        Ok(self.endian.u16(self.array(what)?))
    }

    pub(super) fn u32(&mut self, what: &'static str) -> Result<u32, ReadErrorKind> {
        Ok(self.endian.u32(self.array(what)?))
    }

    /// The next bytes, without copying them.
    pub(super) fn take(
        &mut self,
        count: usize,
        what: &'static str,
    ) -> Result<Bytes, ReadErrorKind> {
        match count <= self.bytes.len() {
            true => Ok(self.bytes.split_to(count)),
            false => Err(ReadErrorKind::TooShort(what)),
        }
    }

    /// The next bytes, and the padding behind them as far as it is there.
    pub(super) fn take_padded(
        &mut self,
        count: usize,
        what: &'static str,
    ) -> Result<Bytes, ReadErrorKind> {
        let taken = self.take(count, what)?;
        let padding = count.next_multiple_of(4) - count;
        self.bytes.advance(padding.min(self.bytes.len()));
        Ok(taken)
    }

    /// The next option's code and value; `None` at the end of the options.
    pub(super) fn option(&mut self) -> Result<Option<(u16, Bytes)>, ReadErrorKind> {
        if self.bytes.is_empty() {
            return Ok(None);
        }
        let code = self.u16("options")?;
        let length = self.u16("options")?;
        let value = self.take_padded(length.into(), "options")?;
        Ok((code != number::OPT_END).then_some((code, value)))
    }
}

/// A text; bytes that are not UTF-8 become replacement characters.
pub(super) fn text(value: &Bytes) -> String {
    String::from_utf8_lossy(value).into_owned()
}

/// A value of a fixed size.
pub(super) fn fixed<const N: usize>(value: &Bytes) -> Result<[u8; N], ReadErrorKind> {
    value
        .as_ref()
        .try_into()
        .map_err(|_| ReadErrorKind::TooShort("options"))
}
