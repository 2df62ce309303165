//! A file, or several that follow each other.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter};
use std::num::{NonZeroU64, NonZeroUsize};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use wire::pcapng::{CapturedPacket, WriteError, Writer};

use super::header::Header;
use super::output::Sink;

/// When a file is followed by another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rotation {
    /// A file gets no packet that would make it longer than this, in bytes, but
    /// always one.
    pub size: NonZeroU64,
    /// How many files are kept, the latest ones; all of them, if it is not said.
    pub keep: Option<NonZeroUsize>,
}

/// A capture in a file. With a [`Rotation`], files are called as the one would
/// be, with a number behind it: `call-00001.pcapng`.
#[derive(Debug)]
pub(crate) struct CaptureFile {
    path: PathBuf,
    rotation: Option<Rotation>,
    header: Arc<Header>,
    /// The file that was opened first; it is emptied when the capture begins.
    first: Option<File>,
    made: Option<PathBuf>,
    writer: Option<Writer<BufWriter<File>>>,
    /// Bytes that were written to this file.
    size: u64,
    /// Packets in it.
    packets: u64,
    number: u64,
    kept: VecDeque<PathBuf>,
}

impl CaptureFile {
    /// Opens the first file, and leaves what is in it until the capture begins.
    pub(crate) fn open(path: &Path, rotation: Option<Rotation>) -> io::Result<Self> {
        let mut file = Self {
            path: path.to_owned(),
            rotation,
            header: Arc::default(),
            first: None,
            made: None,
            writer: None,
            size: 0,
            packets: 0,
            number: 1,
            kept: VecDeque::new(),
        };
        let first = file.current();
        file.made = (!first.exists()).then(|| first.clone());
        file.first = Some(open(&first)?);
        Ok(file)
    }

    /// The file that was not there before it was opened.
    pub(crate) fn made(&self) -> Option<&Path> {
        self.made.as_deref()
    }

    /// The file that is written to now.
    fn current(&self) -> PathBuf {
        if self.rotation.is_none() {
            return self.path.clone();
        }
        let mut name = OsString::from(self.path.file_stem().unwrap_or_default());
        name.push(format!("-{:05}", self.number));
        if let Some(extension) = self.path.extension() {
            name.push(".");
            name.push(extension);
        }
        self.path.with_file_name(name)
    }

    fn start(&mut self, file: File) -> Result<(), WriteError> {
        // A device has no length.
        if file.metadata()?.is_file() {
            file.set_len(0)?;
        }
        self.writer = Some(self.header.begin(BufWriter::new(file))?);
        self.size = 0;
        self.packets = 0;
        self.kept.push_back(self.current());
        let keep = self.rotation.and_then(|rotation| rotation.keep);
        while keep.is_some_and(|keep| self.kept.len() > keep.get()) {
            if let Some(oldest) = self.kept.pop_front() {
                fs::remove_file(oldest)?;
            }
        }
        Ok(())
    }

    fn make_room(&mut self, length: u64) -> Result<(), WriteError> {
        let full = self.packets > 0
            && self
                .rotation
                .is_some_and(|rotation| self.size + length > rotation.size.get());
        if full {
            if let Some(writer) = &mut self.writer {
                writer.flush()?;
            }
            self.number += 1;
            let next = open(&self.current())?;
            self.start(next)?;
        }
        Ok(())
    }
}

impl Sink for CaptureFile {
    fn begin(&mut self, header: &Arc<Header>) -> Result<(), WriteError> {
        self.header = Arc::clone(header);
        match self.first.take() {
            Some(first) => self.start(first),
            None => Ok(()),
        }
    }

    fn write(&mut self, packets: &[CapturedPacket]) -> Result<(), WriteError> {
        for packet in packets {
            let length = length(packet);
            self.make_room(length)?;
            if let Some(writer) = &mut self.writer {
                writer.write_packet(packet)?;
                self.size += length;
                self.packets += 1;
            }
        }
        match &mut self.writer {
            Some(writer) => writer.flush(),
            None => Ok(()),
        }
    }
}

/// About what a packet takes in a file.
fn length(packet: &CapturedPacket) -> u64 {
    const BLOCK: usize = 48;
    let comments = packet.comments.iter().map(|comment| comment.len() + 8);
    (BLOCK + packet.bytes.len() + comments.sum::<usize>()) as u64
}

fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
}
