//! The guest's side of the mailbox, through `/dev/mem`.
//!
//! The kernel is told not to use that memory (`memmap=`). So it is not the kernel's RAM,
//! and `CONFIG_STRICT_DEVMEM` allows mapping it.
#![allow(unsafe_code)]

use std::fs::{File, OpenOptions};
use std::io;
use std::num::NonZeroUsize;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicU64, Ordering};

use nix::sys::mman::{MapFlags, ProtFlags, mmap, munmap};

use crate::mailbox::{CAPACITY, Ending, GUEST_RAM, Layout, MAGIC, PAGE, Word};

/// The mailbox as the guest sees it.
pub(super) struct GuestMailbox {
    memory: File,
    front: Mapping,
}

impl GuestMailbox {
    /// Opens the mailbox. Its first `front` bytes stay mapped; at least one page, the
    /// header.
    ///
    /// # Errors
    ///
    /// If `/dev/mem` cannot be mapped.
    pub(super) fn open(front: u64) -> io::Result<Self> {
        let memory = OpenOptions::new().read(true).write(true).open("/dev/mem")?;
        let front = Mapping::new(&memory, GUEST_RAM, front.max(PAGE))?;
        Ok(Self { memory, front })
    }

    /// # Errors
    ///
    /// If no letter lies in the mailbox.
    pub(super) fn check(&self) -> io::Result<()> {
        match self.get(Word::Magic) {
            MAGIC => Ok(()),
            _ => Err(io::Error::other("the mailbox is empty")),
        }
    }

    pub(super) fn get(&self, word: Word) -> u64 {
        u64::from_le(self.front.word(word.offset()).load(Ordering::Acquire))
    }

    pub(super) fn set(&self, word: Word, value: u64) {
        self.front
            .word(word.offset())
            .store(value.to_le(), Ordering::Release);
    }

    fn layout(&self) -> io::Result<Layout> {
        Layout::new(self.get(Word::ProgramLen), self.get(Word::InputLen))
            .ok_or_else(|| io::Error::other("the mailbox's header contradicts itself"))
    }

    pub(super) fn with_program<T>(
        &self,
        work: impl FnOnce(&[u8]) -> io::Result<T>,
    ) -> io::Result<T> {
        let start = self.layout()?.program;
        let len = self.get(Word::ProgramLen);
        match self.front.part(start, len) {
            Some(program) => work(program),
            None => work(Mapping::new(&self.memory, GUEST_RAM + start, len)?.bytes()),
        }
    }

    pub(super) fn input(&self) -> io::Result<Vec<u8>> {
        let layout = self.layout()?;
        let len = self.get(Word::InputLen);
        if len == 0 {
            return Ok(Vec::new());
        }
        if let Some(input) = self.front.part(layout.input, len) {
            return Ok(input.to_vec());
        }
        let mapping = Mapping::new(&self.memory, GUEST_RAM + layout.input, len)?;
        Ok(mapping.bytes().to_vec())
    }

    /// Appends to the output. Bytes that do not fit are refused completely.
    ///
    /// Only one thread may call this at a time.
    pub(super) fn append(&self, bytes: &[u8]) -> io::Result<()> {
        if bytes.is_empty() {
            return Ok(());
        }
        let written = self.get(Word::OutputLen);
        let start = self.layout()?.output + written;
        let end = start + bytes.len() as u64;
        if end > CAPACITY {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        let page_start = start - start % PAGE;
        let mut mapping = Mapping::new(&self.memory, GUEST_RAM + page_start, end - page_start)?;
        mapping.bytes_mut()[(start - page_start) as usize..].copy_from_slice(bytes);
        self.set(Word::OutputLen, written + bytes.len() as u64);
        Ok(())
    }

    pub(super) fn end(&self, ending: Ending) {
        self.set(Word::Ending, ending as u64);
    }
}

/// A mapped range of physical memory.
struct Mapping {
    start: NonNull<u8>,
    len: usize,
}

// SAFETY: the mapping belongs to the process and not to a thread; shared access
// to it is through atomics or `&self` reads, mutation through `&mut self`.
unsafe impl Send for Mapping {}
// SAFETY: as above.
unsafe impl Sync for Mapping {}

impl Mapping {
    /// `physical` is a multiple of the page size.
    fn new(memory: &File, physical: u64, len: u64) -> io::Result<Self> {
        let len = usize::try_from(len).ok().and_then(NonZeroUsize::new);
        let len = len.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        let offset = i64::try_from(physical).map_err(io::Error::other)?;
        // SAFETY: a new mapping at an address of the kernel's choice replaces
        // nothing; the kernel does not use the memory behind it.
        let start = unsafe {
            mmap(
                None,
                len,
                ProtFlags::PROT_READ | ProtFlags::PROT_WRITE,
                MapFlags::MAP_SHARED,
                memory,
                offset,
            )
        }?;
        Ok(Self {
            start: start.cast(),
            len: len.get(),
        })
    }

    fn bytes(&self) -> &[u8] {
        // SAFETY: the mapping is `len` bytes long and lives as long as `self`.
        unsafe { std::slice::from_raw_parts(self.start.as_ptr(), self.len) }
    }

    /// A part of the mapping; `None` if it exceeds the mapping.
    fn part(&self, start: u64, len: u64) -> Option<&[u8]> {
        let (start, len) = (usize::try_from(start).ok()?, usize::try_from(len).ok()?);
        if start.checked_add(len)? > self.len {
            return None;
        }
        // SAFETY: the part is inside the mapping, as was just checked, and the mapping
        // lives as long as `self`.
        Some(unsafe { std::slice::from_raw_parts(self.start.as_ptr().add(start), len) })
    }

    fn bytes_mut(&mut self) -> &mut [u8] {
        // SAFETY: as in `bytes`, and `self` is borrowed mutably.
        unsafe { std::slice::from_raw_parts_mut(self.start.as_ptr(), self.len) }
    }

    fn word(&self, offset: u64) -> &AtomicU64 {
        let offset = offset as usize;
        assert!(offset.is_multiple_of(8) && offset + 8 <= self.len);
        // SAFETY: the word is inside the mapping, as was just checked, and aligned, since
        // the mapping starts on a page. While the machine runs, the host writes only
        // `Word::Stop`, whose values differ in one byte, so that no half-written value
        // can be read.
        unsafe { AtomicU64::from_ptr(self.start.as_ptr().add(offset).cast()) }
    }
}

impl Drop for Mapping {
    fn drop(&mut self) {
        // SAFETY: unmaps exactly what `new` mapped; no borrow outlives `self`.
        let _ = unsafe { munmap(self.start.cast(), self.len) };
    }
}
