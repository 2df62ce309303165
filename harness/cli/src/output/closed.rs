//! Detects standard streams that were closed when the process started, as by `>&-`.
//! Before `main`, the standard library opens `/dev/null` in their place, where output
//! would be lost without an error. So the detection runs earlier.
#![allow(unsafe_code)]

use std::os::fd::BorrowedFd;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::io::Errno;

static CLOSED: [AtomicBool; 3] = [const { AtomicBool::new(false) }; 3];

/// Whether this stream was closed at the start.
pub(super) fn at_the_start(number: i32) -> bool {
    let closed = usize::try_from(number)
        .ok()
        .and_then(|index| CLOSED.get(index));
    closed.is_some_and(|closed| closed.load(Ordering::Relaxed))
}

// SAFETY: the section holds functions without arguments, which the C library calls
// once before `main`, in one thread.
#[used]
#[unsafe(link_section = ".init_array")]
static FIND_OUT: extern "C" fn() = find_out;

/// Runs before the standard library is initialized, so uses nothing that needs this.
extern "C" fn find_out() {
    for (number, closed) in (0..).zip(&CLOSED) {
        // SAFETY: the number is only asked about, and may be nobody's.
        let stream = unsafe { BorrowedFd::borrow_raw(number) };
        let is_closed = rustix::io::fcntl_getfd(stream) == Err(Errno::BADF);
        closed.store(is_closed, Ordering::Relaxed);
    }
}
