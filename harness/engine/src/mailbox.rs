//! The mailbox: memory that host and guest share. The program and its input go in, the
//! output comes out.
//!
//! The mailbox is a piece of the guest's physical memory, above the RAM that the guest's
//! kernel may use. On the host, the mailbox is an anonymous file. The guest reads and writes
//! it by mere instructions, so the guest's clock does not depend on when the host reads or
//! writes.
//!
//! One page of little-endian 64-bit words ([`Word`]) comes first, then the
//! program, the input and the output, each starting on a page.
#![cfg_attr(
    not(target_os = "linux"),
    allow(
        dead_code,
        reason = "the guest's half is for Linux, which runs in the guest"
    )
)]

pub(crate) const PAGE: u64 = 4096;

/// Size of the guest's own RAM in bytes; the mailbox begins where it ends.
pub(crate) const GUEST_RAM: u64 = 512 << 20;

/// Size of the mailbox in bytes, its header included.
pub(crate) const CAPACITY: u64 = 256 << 20;

/// Identifies a mailbox and its layout.
pub(crate) const MAGIC: u64 = u64::from_le_bytes(*b"sctplab1");

/// The line of progress that reports more output in the mailbox.
pub(crate) const KEPT: &str = "\u{2}";

/// A word of the header; its number is its position.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Word {
    Magic,
    ProgramLen,
    InputLen,
    /// 1 if `Seed` is to be mixed into the kernel's random numbers.
    Seeded,
    Seed,
    /// Nanoseconds.
    ProtocolLimit,
    /// Number of output bytes. It grows after the bytes are written, so that they are
    /// complete even if the guest is killed.
    OutputLen,
    /// See [`Ending`]; 0 while the program runs.
    Ending,
    /// The guest's clock (its TSC, in nanoseconds) when it asked to be saved.
    SavedAt,
    /// The only word that the host may set while the guest runs: its
    /// [`Stop`](crate::Stop), and 0 before.
    Stop,
    /// Nanoseconds of the host's clock. Only a guest that has a limit may read it, since
    /// otherwise the limit would affect the results.
    WallLimit,
}

impl Word {
    pub(crate) const fn offset(self) -> u64 {
        self as u64 * 8
    }
}

/// How the guest's program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    Finished = 1,
    ProtocolLimit = 2,
    OutputTooLong = 3,
    /// The program panicked; the reason is on the console.
    Panicked = 4,
}

impl Ending {
    pub(crate) fn from_word(word: u64) -> Option<Self> {
        [
            Self::Finished,
            Self::ProtocolLimit,
            Self::OutputTooLong,
            Self::Panicked,
        ]
        .into_iter()
        .find(|ending| *ending as u64 == word)
    }
}

/// Offsets of the three parts, in bytes from the start of the mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Layout {
    pub(crate) program: u64,
    pub(crate) input: u64,
    pub(crate) output: u64,
}

impl Layout {
    /// The layout; `None` if program and input leave no page for the output.
    pub(crate) fn new(program_len: u64, input_len: u64) -> Option<Self> {
        let after = |start: u64, len: u64| start.checked_add(len)?.checked_next_multiple_of(PAGE);
        let program = PAGE;
        let input = after(program, program_len)?;
        let output = after(input, input_len)?;
        (output < CAPACITY).then_some(Self {
            program,
            input,
            output,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_start_on_pages_and_do_not_overlap() {
        let layout = Layout::new(PAGE + 1, 1).unwrap();
        assert_eq!(layout.program, PAGE);
        assert_eq!(layout.input, 3 * PAGE);
        assert_eq!(layout.output, 4 * PAGE);
    }

    #[test]
    fn what_does_not_fit_has_no_layout() {
        assert_eq!(Layout::new(CAPACITY, 0), None);
        assert_eq!(Layout::new(0, CAPACITY - PAGE), None);
        assert_eq!(Layout::new(u64::MAX, u64::MAX), None);
        assert!(Layout::new(0, CAPACITY - 2 * PAGE).is_some());
    }

    #[test]
    fn endings_survive_the_header() {
        for ending in [
            Ending::Finished,
            Ending::ProtocolLimit,
            Ending::OutputTooLong,
            Ending::Panicked,
        ] {
            assert_eq!(Ending::from_word(ending as u64), Some(ending));
        }
        assert_eq!(Ending::from_word(0), None);
    }
}
