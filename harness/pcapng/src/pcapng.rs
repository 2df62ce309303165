//! The pcapng format (draft-ietf-opsawg-pcapng).

mod blocks;
mod content;
mod number;
mod reader;
mod time;
mod writer;

pub(crate) use content::Options;
pub(crate) use reader::Reader;
pub use writer::Writer;

/// Whether these first four bytes, as a little-endian number, belong to this format. They
/// are the same in either byte order.
pub(crate) fn is_magic(number: u32) -> bool {
    number == number::SECTION_HEADER
}
