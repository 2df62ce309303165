//! Decompresses gzip files, limited to the size that a capture can have.

use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};

use flate2::read::MultiGzDecoder;

/// Number of bytes to which a compressed capture of any size may decompress.
const ALWAYS: u64 = 256 << 20;

/// Multiple of its own size to which a compressed capture may decompress, if that is more.
/// A capture of the same message over and over compresses to a fiftieth; a decompression
/// bomb compresses to a thousandth.
const MOST_TIMES: u64 = 100;

/// Number of packets that a compressed capture of any size may have.
const ALWAYS_PACKETS: u64 = 250_000;

/// Number of compressed bytes that each packet takes at least in a capture with more
/// packets than [`ALWAYS_PACKETS`]: time, TSN and checksum of a packet are unique.
const LEAST_PACKED: u64 = 4;

/// The first bytes of a gzip file (RFC 1952, section 2.3.1).
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// The decompressed content of a gzip file, or the content of any other file.
///
/// Decompressing to more than 256 MiB is an error, if that is also more than 100 times the
/// file's size. [`most_packets`](Self::most_packets) limits the number of packets.
///
/// ```
/// use std::io::Cursor;
///
/// use pcapng_stream::{Reader, Section, Unpacked, Writer};
///
/// // This one is not packed.
/// let file = Writer::new(Vec::new(), &Section::default())?.finish()?;
/// let reader = Reader::new(Unpacked::new(Cursor::new(file))?)?;
/// assert_eq!(reader.count(), 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Unpacked<R>(Content<R>);

#[derive(Debug)]
enum Content<R> {
    Plain(R),
    Packed(Box<Limited<BufReader<R>>>),
}

impl<R: Read + Seek> Unpacked<R> {
    /// Reads the first bytes and the length of the file.
    ///
    /// # Errors
    /// Errors of the source.
    pub fn new(mut source: R) -> io::Result<Self> {
        let mut beginning = Vec::new();
        source.by_ref().take(2).read_to_end(&mut beginning)?;
        let packed = source.seek(SeekFrom::End(0))?;
        source.rewind()?;
        Ok(Self(match beginning == GZIP {
            true => Content::Packed(Box::new(Limited::new(BufReader::new(source), packed))),
            false => Content::Plain(source),
        }))
    }

    /// Greatest number of packets in a compressed capture of this size: 250,000, or, if
    /// that is more, one for every four compressed bytes. A file with more packets is a
    /// decompression bomb. `None` if the file is not compressed.
    ///
    /// [`Reader`](crate::Reader) does not count packets: a program that reads untrusted
    /// files stops at this number, with [`too_many_packets`](Self::too_many_packets).
    #[must_use]
    pub fn most_packets(&self) -> Option<u64> {
        match &self.0 {
            Content::Plain(_) => None,
            Content::Packed(it) => Some(ALWAYS_PACKETS.max(it.packed / LEAST_PACKED)),
        }
    }

    /// The error for a capture with more packets, with a remedy.
    #[must_use]
    pub fn too_many_packets(most: u64) -> io::Error {
        io::Error::other(TooManyPackets { most })
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match &mut self.0 {
            Content::Plain(plain) => plain.read(into),
            Content::Packed(packed) => packed.read(into),
        }
    }
}

/// The decompressed bytes of a gzip file, up to the limit.
#[derive(Debug)]
struct Limited<R> {
    decoder: MultiGzDecoder<R>,
    packed: u64,
    /// Number of bytes that may still come.
    left: u64,
}

impl<R: BufRead> Limited<R> {
    /// Limits the decompression of a file of `packed` bytes.
    fn new(file: R, packed: u64) -> Self {
        Self {
            decoder: MultiGzDecoder::new(file),
            packed,
            left: ALWAYS.max(packed.saturating_mul(MOST_TIMES)),
        }
    }
}

impl<R: BufRead> Read for Limited<R> {
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

#[derive(Debug, thiserror::Error)]
#[error(
    "it holds more than {most} packets, each of which has packed to fewer than {LEAST_PACKED} bytes: no \
     ordinary capture does; if it is one, unpack it first (gunzip)"
)]
struct TooManyPackets {
    most: u64,
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read, Write, copy, repeat, sink};

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::{ALWAYS, Limited, Unpacked};

    fn packed(bytes: u64) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        copy(&mut repeat(0).take(bytes), &mut encoder).expect("it is memory");
        encoder.flush().expect("it is memory");
        encoder.finish().expect("it is memory")
    }

    #[test]
    fn what_shrinks_as_no_capture_does_is_refused_beyond_a_size() {
        let (most, more) = (packed(ALWAYS), packed(ALWAYS + 1));
        let unpack = |file: &[u8]| copy(&mut Limited::new(file, file.len() as u64), &mut sink());
        assert_eq!(unpack(&most).expect("it is within the size"), ALWAYS);
        let error = unpack(&more).expect_err("it is beyond");
        assert!(error.to_string().contains("more than 256 MiB"), "{error}");
    }

    #[test]
    fn a_large_file_may_be_larger_unpacked() {
        let file = packed(ALWAYS + 1);
        let unpacked = copy(
            &mut Limited::new(file.as_slice(), ALWAYS / 100 + 1),
            &mut sink(),
        );
        assert_eq!(unpacked.expect("it is within a hundred times"), ALWAYS + 1);
    }

    #[test]
    fn packets_are_bounded_only_where_they_are_packed() {
        let most = |file: Vec<u8>| Unpacked::new(Cursor::new(file)).map(|it| it.most_packets());
        let mut large = packed(3);
        large.resize(4_000_000, 0);
        assert_eq!(most(packed(3)).expect("it is memory"), Some(250_000));
        assert_eq!(most(large).expect("it is memory"), Some(1_000_000));
        assert_eq!(most(vec![7; 9]).expect("it is memory"), None);
    }

    #[test]
    fn what_is_packed_is_unpacked_and_all_else_stays() {
        for (file, expected) in [
            (packed(3), vec![0; 3]),
            (vec![0x1f], vec![0x1f]),
            (vec![7; 9], vec![7; 9]),
            (vec![], vec![]),
        ] {
            let mut read = Vec::new();
            let mut source = Unpacked::new(Cursor::new(file)).expect("it is memory");
            source.read_to_end(&mut read).expect("it is whole");
            assert_eq!(read, expected);
        }
    }
}
