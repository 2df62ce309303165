//! The signal that Linux sends a child when the thread that started it ends (prctl(2)).

use std::io;

use nix::sys::prctl::set_pdeathsig;
use nix::sys::signal::Signal;

pub(crate) fn die_with_parent() -> io::Result<()> {
    Ok(set_pdeathsig(Signal::SIGKILL)?)
}
