//! The host's side of the mailbox: a letter for the guest goes in, output comes out.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::time::Duration;

use super::error::{Doing, VmError};
use super::qemu::memory_file;
use crate::Stop;
use crate::mailbox::{CAPACITY, Layout, MAGIC, Word};

/// The contents of the mailbox when a machine is resumed: a program, or the job of a
/// program that was loaded before.
pub(super) struct Letter<'a> {
    pub(super) program: &'a [u8],
    pub(super) input: &'a [u8],
    pub(super) seed: Option<u64>,
    pub(super) protocol_limit: Duration,
    pub(super) wall_limit: Duration,
}

impl<'a> Letter<'a> {
    /// The letter with which stage 0 loads a program.
    pub(super) fn with_program(program: &'a [u8]) -> Self {
        Self {
            program,
            input: &[],
            seed: None,
            protocol_limit: Duration::ZERO,
            wall_limit: Duration::ZERO,
        }
    }
}

/// A mailbox with a letter in it.
#[derive(Debug)]
pub(super) struct HostMailbox {
    file: File,
    output: u64,
}

impl HostMailbox {
    /// A mailbox for a machine that is only to be booted and saved.
    pub(super) fn empty() -> Result<Self, VmError> {
        let file = new_file().doing(|| "making the guest's mailbox".into())?;
        Ok(Self { file, output: 0 })
    }

    pub(super) fn with(letter: &Letter<'_>) -> Result<Self, VmError> {
        let (program, input) = (letter.program.len() as u64, letter.input.len() as u64);
        let layout = Layout::new(program, input).ok_or(VmError::TooLong {
            program,
            input,
            capacity: CAPACITY,
        })?;
        let file = post(letter, layout).doing(|| "filling the guest's mailbox".into())?;
        Ok(Self {
            file,
            output: layout.output,
        })
    }

    pub(super) fn file(&self) -> &File {
        &self.file
    }

    /// The guest's clock when it asked to be saved, in nanoseconds.
    pub(super) fn saved_at(&self) -> io::Result<u64> {
        get(&self.file, Word::SavedAt)
    }

    pub(super) fn ending(&self) -> io::Result<u64> {
        get(&self.file, Word::Ending)
    }

    /// Asks the program to stop. The program sees the request when it checks the next time.
    pub(super) fn ask_to_stop(&self, stop: Stop) -> io::Result<()> {
        set(&self.file, Word::Stop, stop.kind())
    }

    /// The output so far, from its byte `from` on.
    pub(super) fn output(&self, from: u64) -> io::Result<Vec<u8>> {
        let len = get(&self.file, Word::OutputLen)?.min(CAPACITY - self.output);
        let len = len.saturating_sub(from);
        let mut output = vec![0; usize::try_from(len).map_err(io::Error::other)?];
        self.file.read_exact_at(&mut output, self.output + from)?;
        Ok(output)
    }
}

fn new_file() -> io::Result<File> {
    let file = memory_file(c"mailbox")?;
    file.set_len(CAPACITY)?;
    Ok(file)
}

fn post(letter: &Letter<'_>, layout: Layout) -> io::Result<File> {
    let file = new_file()?;
    file.write_all_at(letter.program, layout.program)?;
    file.write_all_at(letter.input, layout.input)?;
    let nanoseconds = |limit: Duration| u64::try_from(limit.as_nanos()).unwrap_or(u64::MAX);
    for (word, value) in [
        (Word::Magic, MAGIC),
        (Word::ProgramLen, letter.program.len() as u64),
        (Word::InputLen, letter.input.len() as u64),
        (Word::Seeded, letter.seed.is_some().into()),
        (Word::Seed, letter.seed.unwrap_or_default()),
        (Word::ProtocolLimit, nanoseconds(letter.protocol_limit)),
        (Word::WallLimit, nanoseconds(letter.wall_limit)),
    ] {
        set(&file, word, value)?;
    }
    Ok(file)
}

fn set(file: &File, word: Word, value: u64) -> io::Result<()> {
    file.write_all_at(&value.to_le_bytes(), word.offset())
}

fn get(file: &File, word: Word) -> io::Result<u64> {
    let mut value = [0; 8];
    file.read_exact_at(&mut value, word.offset())?;
    Ok(u64::from_le_bytes(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letter_lies_where_the_layout_says() {
        let letter = Letter {
            program: b"program",
            input: b"input",
            seed: Some(7),
            protocol_limit: Duration::from_secs(1),
            wall_limit: Duration::from_secs(2),
        };
        let mailbox = HostMailbox::with(&letter).unwrap();
        assert_eq!(get(&mailbox.file, Word::Seed).unwrap(), 7);
        assert_eq!(
            get(&mailbox.file, Word::ProtocolLimit).unwrap(),
            1_000_000_000
        );
        let mut input = [0; 5];
        mailbox.file.read_exact_at(&mut input, 8192).unwrap();
        assert_eq!(&input, b"input");
        assert_eq!(mailbox.output(0).unwrap(), b"");
    }

    #[test]
    fn only_counted_bytes_are_output() {
        let letter = Letter {
            program: b"",
            input: b"",
            seed: None,
            protocol_limit: Duration::ZERO,
            wall_limit: Duration::ZERO,
        };
        let mailbox = HostMailbox::with(&letter).unwrap();
        mailbox.file.write_all_at(b"abc", mailbox.output).unwrap();
        set(&mailbox.file, Word::OutputLen, 2).unwrap();
        assert_eq!(mailbox.output(0).unwrap(), b"ab");
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let huge = vec![0; CAPACITY as usize];
        let letter = Letter {
            program: &huge,
            input: b"",
            seed: None,
            protocol_limit: Duration::ZERO,
            wall_limit: Duration::ZERO,
        };
        assert!(matches!(
            HostMailbox::with(&letter),
            Err(VmError::TooLong { .. })
        ));
    }
}
