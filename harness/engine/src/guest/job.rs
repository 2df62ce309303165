//! The run's program inside the guest: takes its input, hands back its output.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use nix::sys::termios::tcdrain;
use nix::time::{ClockId, ClockNanosleepFlags, clock_gettime, clock_nanosleep};

use super::memory::Mailbox;
use super::{ports, random, warm};
use crate::Stop;
use crate::mailbox::{Ending, KEPT, Word};

/// What the protocol-time limit allows beyond itself before the program is cut
/// off: a handler that minds [`Session::protocol_limit`] has long returned.
const GRACE: Duration = Duration::from_secs(5);

/// So much of the mailbox is mapped before the machine is saved: a scenario is
/// shorter. A longer one only takes longer.
const ROOM: u64 = 1 << 20;

/// The program's line to the host.
#[derive(Clone)]
pub struct Session {
    mailbox: Arc<Mutex<Mailbox>>,
}

impl Session {
    /// Hands a line to the host, which shows it at once. Takes the guest about
    /// a nanosecond a byte and no waiting.
    pub fn progress(&self, line: &str) {
        // The lab's own guest always has the port; a lost line is no reason to
        // end a run.
        let _ = ports::say(line);
    }

    /// How much protocol time the program may take. The handler is expected to
    /// stop by itself then and return what it has. Some seconds later the
    /// program is ended wherever it is, and only what it
    /// [kept](Self::keep) is handed over.
    pub fn protocol_limit(&self) -> Duration {
        self.locked(|mailbox| Duration::from_nanos(mailbox.get(Word::ProtocolLimit)))
    }

    /// Why the host wants the program to return what it has, if it does.
    /// Costs the guest some instructions, the same ones whenever the answer is
    /// no: as long as nobody asks, looking does not make runs differ.
    pub fn stop_requested(&self) -> Option<Stop> {
        self.locked(|mailbox| {
            Stop::of_kind(mailbox.get(Word::Stop), || {
                Duration::from_nanos(mailbox.get(Word::WallLimit))
            })
        })
    }

    /// Appends to the output now, so that the host has it even if the program
    /// or the whole guest is ended before it returns. The host is told of it.
    ///
    /// # Errors
    ///
    /// If the output outgrows the mailbox (some 200 MB).
    pub fn keep(&self, bytes: &[u8]) -> io::Result<()> {
        self.locked(|mailbox| mailbox.append(bytes))?;
        self.progress(KEPT);
        Ok(())
    }

    fn locked<T>(&self, work: impl FnOnce(&Mailbox) -> T) -> T {
        work(&self.mailbox.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn end(&self, ending: Ending) -> ! {
        self.locked(|mailbox| mailbox.end(ending));
        end_guest()
    }
}

/// Has the machine saved with this program in it; in every machine that is
/// resumed from there, runs `handler` with the run's input, hands its output to
/// the host and ends the guest.
///
/// The handler starts at a whole second of the guest's clock, so that the time
/// it took to get there, which changes with the build, does not show.
///
/// If the handler panics, the guest ends without output; the host shows its
/// console, where the reason is.
pub fn job(handler: impl FnOnce(&[u8], &Session) -> Vec<u8>) -> ! {
    let (session, input) = match open() {
        Ok(opened) => opened,
        Err(error) => {
            eprintln!("mailbox: {error}");
            end_guest();
        }
    };
    // The session is not used after a panic but to say so.
    let handled = catch_unwind(AssertUnwindSafe(|| handler(&input, &session)));
    let Ok(output) = handled else {
        session.end(Ending::Panicked);
    };
    match session.locked(|mailbox| mailbox.append(&output)) {
        Ok(()) => session.end(Ending::Finished),
        Err(_) => session.end(Ending::OutputTooLong),
    }
}

/// Ends the guest when all it has printed has reached the console.
pub(super) fn end_guest() -> ! {
    let _ = tcdrain(io::stderr());
    let _ = ports::power_off();
    // Without the port the host learns of it from the kernel, which cannot go
    // on without process 1.
    std::process::exit(1)
}

/// Has the machine saved as it is now, with the program in it, and takes the
/// input when it is resumed. Whatever a run would have to do anyway is done
/// before: what is executed for the first time is slow under emulation.
fn open() -> io::Result<(Session, Vec<u8>)> {
    let session = Session {
        mailbox: Arc::new(Mutex::new(Mailbox::open(ROOM)?)),
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

/// Ends the program when it has overrun the limit, which is known when the run
/// starts.
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
