//! Unpacking a capture, within what a capture can be.

use std::io::{self, BufRead, Read};

use flate2::read::MultiGzDecoder;

/// Whatever its size, a packed capture may be this large once it is unpacked.
const ALWAYS: u64 = 256 << 20;

/// Above that, it may be this many times as large. Captures of the same message over
/// and over shrink to a fiftieth; a file made to cost time shrinks to a thousandth.
const MOST_TIMES: u64 = 100;

/// What comes out of a gzip file, until it is more than a capture can be.
pub(crate) struct Unpacking<R> {
    decoder: MultiGzDecoder<R>,
    packed: u64,
    /// How many bytes may still come.
    left: u64,
}

impl<R: BufRead> Unpacking<R> {
    /// Of a file of `packed` bytes.
    pub(crate) fn new(file: R, packed: u64) -> Self {
        Self {
            decoder: MultiGzDecoder::new(file),
            packed,
            left: ALWAYS.max(packed.saturating_mul(MOST_TIMES)),
        }
    }
}

impl<R: BufRead> Read for Unpacking<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.decoder.read(into)?;
        match self.left.checked_sub(read as u64) {
            Some(left) => self.left = left,
            None => {
                return Err(io::Error::other(TooLarge {
                    packed: self.packed,
                }));
            }
        }
        Ok(read)
    }
}

#[derive(Debug, thiserror::Error)]
#[error(
    "its {packed} bytes unpack to more than {} MiB and more than {MOST_TIMES} times their size, which \
     no ordinary capture does; if it is one, unpack it first (gunzip)",
    ALWAYS >> 20
)]
struct TooLarge {
    packed: u64,
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write, copy, repeat, sink};

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::{ALWAYS, Unpacking};

    fn packed(bytes: u64) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        copy(&mut repeat(0).take(bytes), &mut encoder).expect("it is memory");
        encoder.flush().expect("it is memory");
        encoder.finish().expect("it is memory")
    }

    #[test]
    fn what_shrinks_as_no_capture_does_is_refused_beyond_a_size() {
        let (most, more) = (packed(ALWAYS), packed(ALWAYS + 1));
        let unpack = |file: &[u8]| copy(&mut Unpacking::new(file, file.len() as u64), &mut sink());
        assert_eq!(unpack(&most).expect("it is within the size"), ALWAYS);
        let error = unpack(&more).expect_err("it is beyond");
        assert!(error.to_string().contains("more than 256 MiB"), "{error}");
    }

    #[test]
    fn a_large_file_may_be_larger_unpacked() {
        let file = packed(ALWAYS + 1);
        let unpacked = copy(
            &mut Unpacking::new(file.as_slice(), ALWAYS / 100 + 1),
            &mut sink(),
        );
        assert_eq!(unpacked.expect("it is within a hundred times"), ALWAYS + 1);
    }
}
