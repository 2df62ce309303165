//! An output that is a file, or a sequence of rotated files.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::num::{NonZeroU64, NonZeroUsize};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use disk::FileDraft;
use pcapng::{CapturedPacket, WriteError, Writer};

use super::header::Header;
use super::sink::Sink;

/// When a file ends and the next one begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rotation {
    /// The most bytes of a file. A single packet that is longer still gets a file of its
    /// own.
    pub size: NonZeroU64,
    /// The number of latest files that are kept; `None` keeps all.
    pub keep: Option<NonZeroUsize>,
}

/// A capture in a file. With a [`Rotation`], each file has a number behind its name:
/// `call-00001.pcapng`.
///
/// A file gets its name when it is whole. Until then the draft lies beside, and an older
/// file of that name stays: see [`FileDraft`].
#[derive(Debug)]
pub(crate) struct CaptureFile {
    path: PathBuf,
    rotation: Option<Rotation>,
    header: Arc<Header>,
    /// The draft that is being written. The first draft is opened before the capture
    /// begins.
    draft: Option<FileDraft>,
    writer: Option<Writer<BufWriter<File>>>,
    /// The bytes that were written to the current file.
    size: u64,
    /// The packets in the current file.
    packets: u64,
    number: u64,
    kept: VecDeque<PathBuf>,
}

impl CaptureFile {
    /// Opens the first file.
    pub(crate) fn open(path: &Path, rotation: Option<Rotation>) -> io::Result<Self> {
        let mut file = Self {
            path: path.to_owned(),
            rotation,
            header: Arc::default(),
            draft: None,
            writer: None,
            size: 0,
            packets: 0,
            number: 1,
            kept: VecDeque::new(),
        };
        file.draft = Some(FileDraft::begin(&file.current())?);
        Ok(file)
    }

    /// The name of the current file.
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

    fn start(&mut self) -> Result<(), WriteError> {
        let mut draft = match self.draft.take() {
            Some(first) => first,
            None => FileDraft::begin(&self.current())?,
        };
        let file = draft.file().try_clone();
        self.draft = Some(draft);
        self.writer = Some(self.header.begin(BufWriter::new(file?))?);
        self.size = 0;
        self.packets = 0;
        Ok(())
    }

    /// Gives the current file its name, and removes the oldest one if there are too many.
    fn complete(&mut self) -> Result<(), WriteError> {
        if let Some(mut writer) = self.writer.take() {
            writer.flush()?;
        }
        if let Some(draft) = self.draft.take() {
            draft.finish()?;
        }
        self.kept.push_back(self.current());
        let keep = self.rotation.and_then(|rotation| rotation.keep);
        while keep.is_some_and(|keep| self.kept.len() > keep.get()) {
            if let Some(oldest) = self.kept.pop_front() {
                match fs::remove_file(oldest) {
                    // A file that somebody has removed already is no error.
                    Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                    removed => removed?,
                }
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
            self.complete()?;
            self.number += 1;
            self.start()?;
        }
        Ok(())
    }
}

impl Sink for CaptureFile {
    fn begin(&mut self, header: &Arc<Header>) -> Result<(), WriteError> {
        self.header = Arc::clone(header);
        self.start()
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

    fn finish(&mut self) -> Result<(), WriteError> {
        self.complete()
    }

    fn leave(&mut self) -> Vec<PathBuf> {
        // Bytes in the buffer reach the file as far as there is room.
        self.writer = None;
        let draft = self.draft.take().filter(|_| self.packets > 0);
        let left = draft.and_then(|draft| draft.leave().ok().flatten());
        left.into_iter().collect()
    }
}

/// About how many bytes a packet takes in a file.
fn length(packet: &CapturedPacket) -> u64 {
    const BLOCK: usize = 48;
    let comments = packet.comments.iter().map(|comment| comment.len() + 8);
    (BLOCK + packet.bytes.len() + comments.sum::<usize>()) as u64
}
