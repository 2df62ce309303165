//! Reads a capture while it is still being written.

use std::fs::File;
use std::io::{self, Read};
use std::iter;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use pcapng::ReadError;
use pcapng::Reader;
use wire::frame::Reassembly;

use super::copies::Copies;
use super::pieces::Piece;
use super::{CaptureError, Packets};

/// Interval at which the file is checked for growth. Not every system reports growth as
/// an event.
const TICK: Duration = Duration::from_millis(100);

/// Reads a capture that grows: a file whose end is waited for, a named pipe, or standard
/// input, which is `-`. Each packet comes once, as soon as it is written; fragments of IP
/// packets are reassembled. Gzip is not supported.
///
/// The packets of a file never end. The packets of a pipe end when no process has the pipe
/// open for writing.
///
/// # Errors
///
/// If the file cannot be opened. Two errors come later, from the iterator: if the data are
/// no capture, in place of the first packet; if the file was truncated or replaced, after
/// the last packet.
pub fn growing(path: &Path) -> Result<Packets, CaptureError> {
    let io = |error| CaptureError::Io {
        path: path.to_owned(),
        error,
    };
    let is_input = path == Path::new("-");
    let is_file = match is_input {
        true => false,
        false => path.metadata().map_err(io)?.is_file(),
    };
    let source: Source = match (is_input, is_file) {
        (true, _) => Source::Opened(Box::new(io::stdin())),
        (_, true) => Source::Opened(Box::new(Tail::open(path).map_err(io)?)),
        // Opening a pipe waits for the writer.
        (_, false) => Source::Pipe(path.to_owned()),
    };
    Ok(Packets::new(path.to_owned(), pieces(source)))
}

enum Source {
    Opened(Box<dyn Read + Send>),
    Pipe(PathBuf),
}

impl Source {
    fn open(self) -> io::Result<Box<dyn Read + Send>> {
        match self {
            Self::Opened(opened) => Ok(opened),
            Self::Pipe(path) => Ok(Box::new(File::open(path)?)),
        }
    }
}

/// A file that is read as it grows.
struct Tail {
    file: File,
    path: PathBuf,
    /// Number of bytes that have been read.
    read: u64,
}

impl Tail {
    fn open(path: &Path) -> io::Result<Self> {
        Ok(Self {
            file: File::open(path)?,
            path: path.to_owned(),
            read: 0,
        })
    }

    /// Checks that the file is still the one that was opened, and still has all bytes
    /// that were read.
    fn check(&self) -> io::Result<()> {
        let opened = self.file.metadata()?;
        if opened.len() < self.read {
            return Err(io::Error::other("it was cut while it was read"));
        }
        // The writer may have removed the file's name and keep writing.
        let Ok(named) = self.path.metadata() else {
            return Ok(());
        };
        match (named.dev(), named.ino()) == (opened.dev(), opened.ino()) {
            true => Ok(()),
            false => Err(io::Error::other(
                "another file has taken its place while it was read",
            )),
        }
    }
}

impl Read for Tail {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.file.read(buffer)? {
                0 => {
                    self.check()?;
                    thread::sleep(TICK);
                }
                read => {
                    self.read += read as u64;
                    return Ok(read);
                }
            }
        }
    }
}

/// Reads packet by packet, so that no packet waits for the next.
fn pieces(source: Source) -> impl Iterator<Item = Piece> + Send {
    let opened = iter::once_with(move || {
        let source = source.open().map_err(|error| ReadError {
            offset: 0,
            kind: error.into(),
        })?;
        Reader::new(source)
    });
    opened.flat_map(|opened| {
        let (mut reader, mut damage) = match opened {
            Ok(reader) => (Some(reader), None),
            Err(error) => (None, Some(Piece::damaged(error))),
        };
        let (mut reassembly, mut copies, mut read) = (Reassembly::default(), Copies::default(), 0);
        iter::from_fn(move || {
            let Some(reader) = &mut reader else {
                return damage.take();
            };
            let mut piece = Piece::read_one(reader, &mut read)?;
            piece.batch.put_together(&mut reassembly);
            copies.leave_out_of(&mut piece.batch);
            Some(piece)
        })
    })
}
