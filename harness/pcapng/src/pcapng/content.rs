//! Decodes the content of a block, in the byte order of its section.

use std::borrow::Cow;

use super::number;
use crate::ReadErrorKind;

/// The byte order of a section.
#[derive(Clone, Copy, Debug)]
pub(super) enum Endian {
    Little,
    Big,
}

impl Endian {
    /// The byte order in which the magic number was written.
    pub(super) fn of_magic(magic: [u8; 4]) -> Result<Self, ReadErrorKind> {
        match number::BYTE_ORDER_MAGIC {
            number if u32::from_le_bytes(magic) == number => Ok(Self::Little),
            number if u32::from_be_bytes(magic) == number => Ok(Self::Big),
            _ => Err(ReadErrorKind::NotPcapng),
        }
    }

    #[inline]
    pub(super) fn u16(self, bytes: [u8; 2]) -> u16 {
        match self {
            Self::Little => u16::from_le_bytes(bytes),
            Self::Big => u16::from_be_bytes(bytes),
        }
    }

    #[inline]
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

/// The remaining content of a block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Content<'b> {
    pub(super) bytes: &'b [u8],
    pub(super) endian: Endian,
}

impl<'b> Content<'b> {
    #[inline]
    fn array<const N: usize>(&mut self, what: &'static str) -> Result<[u8; N], ReadErrorKind> {
        let Some((array, rest)) = self.bytes.split_first_chunk() else {
            return Err(ReadErrorKind::TooShort(what));
        };
        self.bytes = rest;
        Ok(*array)
    }

    #[inline]
    pub(super) fn u16(&mut self, what: &'static str) -> Result<u16, ReadErrorKind> {
        Ok(self.endian.u16(self.array(what)?))
    }

    #[inline]
    pub(super) fn u32(&mut self, what: &'static str) -> Result<u32, ReadErrorKind> {
        Ok(self.endian.u32(self.array(what)?))
    }

    /// The next numbers.
    #[inline]
    pub(super) fn u32s<const N: usize>(
        &mut self,
        what: &'static str,
    ) -> Result<[u32; N], ReadErrorKind> {
        let (words, _) = self.bytes.as_chunks();
        let Some(words) = words.first_chunk() else {
            return Err(ReadErrorKind::TooShort(what));
        };
        self.bytes = &self.bytes[4 * N..];
        Ok(words.map(|word| self.endian.u32(word)))
    }

    /// The next bytes.
    #[inline]
    pub(super) fn take(
        &mut self,
        count: usize,
        what: &'static str,
    ) -> Result<&'b [u8], ReadErrorKind> {
        let Some((taken, rest)) = self.bytes.split_at_checked(count) else {
            return Err(ReadErrorKind::TooShort(what));
        };
        self.bytes = rest;
        Ok(taken)
    }

    /// The next bytes, and the padding after them as far as it is present.
    #[inline]
    pub(super) fn take_padded(
        &mut self,
        count: usize,
        what: &'static str,
    ) -> Result<&'b [u8], ReadErrorKind> {
        let taken = self.take(count, what)?;
        let padding = count.next_multiple_of(4) - count;
        self.bytes = self.bytes.get(padding..).unwrap_or_default();
        Ok(taken)
    }

    /// The next option: code and value; `None` at the end of the options.
    #[inline]
    pub(super) fn option(&mut self) -> Result<Option<(u16, &'b [u8])>, ReadErrorKind> {
        if self.bytes.is_empty() {
            return Ok(None);
        }
        let code = self.u16("options")?;
        let length = self.u16("options")?;
        let value = self.take_padded(length.into(), "options")?;
        Ok((code != number::OPT_END).then_some((code, value)))
    }
}

/// The options of a packet, which have been checked before.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Options<'b>(Content<'b>);

impl<'b> Options<'b> {
    /// The empty options of a format that has none.
    pub(crate) const NONE: Self = Self(Content {
        bytes: &[],
        endian: Endian::Little,
    });

    pub(super) fn new(content: Content<'b>) -> Self {
        Self(content)
    }

    /// The comments among the options.
    pub(crate) fn comments(self) -> impl Iterator<Item = Cow<'b, str>> {
        let Self(mut content) = self;
        let options = std::iter::from_fn(move || content.option().ok().flatten());
        options
            .filter(|(code, _)| *code == number::OPT_COMMENT)
            .map(|(_, value)| String::from_utf8_lossy(value))
    }
}

/// The room that is left for the texts of a block.
#[derive(Debug)]
pub(super) struct Room {
    texts: usize,
    bytes: usize,
}

impl Room {
    pub(super) fn of_a_block() -> Self {
        Self {
            texts: number::MOST_TEXTS,
            bytes: number::MOST_TEXT,
        }
    }

    /// Reserves room for a text.
    #[inline]
    pub(super) fn take(&mut self, value: &[u8]) -> Result<(), ReadErrorKind> {
        let left = (
            self.texts.checked_sub(1),
            self.bytes.checked_sub(value.len()),
        );
        let (Some(texts), Some(bytes)) = left else {
            return Err(ReadErrorKind::TooMuchText {
                limit: number::MOST_TEXTS,
                byte_limit: number::MOST_TEXT,
            });
        };
        (self.texts, self.bytes) = (texts, bytes);
        Ok(())
    }
}

/// The text. Bytes that are not UTF-8 become replacement characters.
pub(super) fn text(value: &[u8]) -> String {
    String::from_utf8_lossy(value).into_owned()
}

/// A value of a fixed size.
pub(super) fn fixed<const N: usize>(value: &[u8]) -> Result<[u8; N], ReadErrorKind> {
    value
        .try_into()
        .map_err(|_| ReadErrorKind::TooShort("options"))
}
