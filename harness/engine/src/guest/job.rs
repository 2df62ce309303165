//! The program of a run inside the guest: takes its input from the host, and hands its
//! output back.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use nix::sys::termios::tcdrain;
use nix::time::{ClockId, ClockNanosleepFlags, clock_gettime, clock_nanosleep};

use super::memory::GuestMailbox;
use super::{ports, random, warm};
use crate::Stop;
use crate::mailbox::{Ending, KEPT, Word};
use crate::vm::guest_program::MARK;

/// Time after the protocol-time limit until the program is ended. A handler that obeys
/// [`Session::protocol_limit`] has returned long before.
const GRACE: Duration = Duration::from_secs(5);

/// Size of the part of the mailbox that is mapped before the machine is saved. The input of
/// most runs fits into it. A longer input is read as well, but takes longer.
const ROOM: u64 = 1 << 20;

/// The program's connection to the host.
#[derive(Clone)]
pub struct Session {
    mailbox: Arc<Mutex<GuestMailbox>>,
}

impl Session {
    /// Passes a line to the host, which shows it at once. The guest spends about a
    /// nanosecond on each byte, and does not wait.
    pub fn progress(&self, line: &str) {
        // The lab's own guest always has the port. A lost line is no reason to end a run.
        let _ = ports::say(line);
    }

    /// The protocol-time limit of the program. The handler must stop by itself at the
    /// limit and return what it has. Some seconds later the program is ended, and only
    /// what it has [kept](Self::keep) is passed to the host.
    pub fn protocol_limit(&self) -> Duration {
        self.locked(|mailbox| Duration::from_nanos(mailbox.get(Word::ProtocolLimit)))
    }

    /// The reason for which the host wants the program to stop, if it does. As long as the
    /// answer is no, every call costs the guest the same few instructions. So the calls do
    /// not make runs differ.
    pub fn stop_requested(&self) -> Option<Stop> {
        self.locked(|mailbox| {
            Stop::of_kind(mailbox.get(Word::Stop), || {
                Duration::from_nanos(mailbox.get(Word::WallLimit))
            })
        })
    }

    /// Appends to the output immediately, so that the host has it even if the program or
    /// the guest is ended later. The host is notified.
    ///
    /// # Errors
    ///
    /// If the output outgrows the mailbox (some 200 MB).
    pub fn keep(&self, bytes: &[u8]) -> io::Result<()> {
        self.locked(|mailbox| mailbox.append(bytes))?;
        self.progress(KEPT);
        Ok(())
    }

    fn locked<T>(&self, work: impl FnOnce(&GuestMailbox) -> T) -> T {
        work(&self.mailbox.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn end(&self, ending: Ending) -> ! {
        self.locked(|mailbox| mailbox.end(ending));
        end_guest()
    }
}

/// Lets the host save the machine with this program. In every machine that is resumed
/// from there, runs `handler` with the run's input, passes the handler's output to the
/// host and ends the guest.
///
/// The handler starts at a whole second of the guest's clock, so that the preceding time,
/// which changes with the build, has no effect.
///
/// If the handler panics, the guest ends with only the output that the program has
/// [kept](Session::keep). The host shows the guest's console, which has the reason.
pub fn job(handler: impl FnOnce(&[u8], &Session) -> Vec<u8>) -> ! {
    // A program with a guest's job has the mark, whatever the linker leaves out.
    std::hint::black_box(MARK);
    let (session, input) = match open() {
        Ok(opened) => opened,
        Err(error) => {
            eprintln!("mailbox: {error}");
            end_guest();
        }
    };
    // After a panic, the session is only used to report it.
    let handled = catch_unwind(AssertUnwindSafe(|| handler(&input, &session)));
    let Ok(output) = handled else {
        session.end(Ending::Panicked);
    };
    match session.locked(|mailbox| mailbox.append(&output)) {
        Ok(()) => session.end(Ending::Finished),
        Err(_) => session.end(Ending::OutputTooLong),
    }
}

/// Ends the guest after all its output has reached the console.
pub(super) fn end_guest() -> ! {
    let _ = tcdrain(io::stderr());
    let _ = ports::power_off();
    // Without the port, the host learns of the end from the kernel, which cannot continue
    // without process 1.
    std::process::exit(1)
}

/// Lets the host save the machine with the program, and returns the input after the
/// machine is resumed. Work that every run would have to do is done before the machine is
/// saved, since code is slow under emulation when it is executed for the first time.
fn open() -> io::Result<(Session, Vec<u8>)> {
    let session = Session {
        mailbox: Arc::new(Mutex::new(GuestMailbox::open(ROOM)?)),
    };
    warm::keep_in_memory()?;
    let start = warm::settle() + Duration::from_secs(1);
    watch(session.clone(), start);
    let input = session.locked(|mailbox| {
        ports::save_here(|now| mailbox.set(Word::SavedAt, now))?;
        mailbox.check()?;
        if mailbox.get(Word::Seeded) == 1 {
            random::mix_in(mailbox.get(Word::Seed))?;
        }
        mailbox.input()
    })?;
    sleep_until(start);
    Ok((session, input))
}

/// Starts a thread that ends the program if it exceeds its protocol-time limit. The thread
/// starts before the machine is saved, and reads the limit at the start of the run.
fn watch(session: Session, start: Duration) {
    std::thread::spawn(move || {
        sleep_until(start);
        sleep_until(start + session.protocol_limit() + GRACE);
        session.end(Ending::ProtocolLimit)
    });
}

/// The guest's monotonic clock.
pub(crate) fn uptime() -> Duration {
    clock_gettime(ClockId::CLOCK_MONOTONIC)
        .expect("the monotonic clock is always there")
        .into()
}

pub(crate) fn sleep_until(uptime: Duration) {
    let until = uptime.into();
    while clock_nanosleep(
        ClockId::CLOCK_MONOTONIC,
        ClockNanosleepFlags::TIMER_ABSTIME,
        &until,
    ) == Err(nix::errno::Errno::EINTR)
    {}
}
