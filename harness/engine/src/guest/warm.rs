//! Warms the kernel up before the machine is saved: the kernel does the work that it does
//! on the first use of its parts, so that no run spends time on that work.
#![allow(unsafe_code)]

use std::io;
use std::time::Duration;

use nix::libc;
use nix::sys::mman::{MlockAllFlags, mlockall};
use nix::sys::socket::{
    AddressFamily, Backlog, SockFlag, SockProtocol, SockType, SockaddrIn, accept, bind, connect,
    getsockname, listen, socket,
};
use nix::unistd::close;

/// Makes one association over loopback and shuts it down. Afterwards the kernel has the
/// cookie's HMAC, the CRC, its slabs and its port tables.
pub(super) fn loopback_association() -> io::Result<()> {
    set_loopback_up()?;
    let sctp_socket = || {
        socket(
            AddressFamily::Inet,
            SockType::Stream,
            SockFlag::SOCK_CLOEXEC,
            SockProtocol::Sctp,
        )
    };
    let listener = sctp_socket()?;
    bind(
        std::os::fd::AsRawFd::as_raw_fd(&listener),
        &SockaddrIn::new(127, 0, 0, 1, 0),
    )?;
    listen(&listener, Backlog::new(1)?)?;
    let address: SockaddrIn = getsockname(std::os::fd::AsRawFd::as_raw_fd(&listener))?;
    let client = sctp_socket()?;
    connect(std::os::fd::AsRawFd::as_raw_fd(&client), &address)?;
    let server = accept(std::os::fd::AsRawFd::as_raw_fd(&listener))?;
    close(server)?;
    Ok(())
}

/// Maps all pages of this program and locks them in memory.
pub(super) fn keep_in_memory() -> io::Result<()> {
    Ok(mlockall(MlockAllFlags::MCL_CURRENT)?)
}

/// Waits until the kernel has run for an hour, so that it is past the wrap of its jiffies.
///
/// Linux lets its jiffies begin five minutes before their lower 32 bits wrap
/// (include/linux/jiffies.h, `INITIAL_JIFFIES`). On a path that has never carried DATA,
/// its SCTP computes from these bits when the path was last used, and so withholds
/// HEARTBEATs for up to HB.interval + RTO/2 after the wrap (net/sctp/sm_sideeffect.c,
/// `sctp_generate_heartbeat_event`, where `last_time_sent` is 0). A server that runs for
/// weeks seldom passes the wrap, but a guest that has just booted would pass it in the
/// middle of a run of five minutes.
pub(crate) fn outgrow_the_wrap_of_jiffies() {
    const AN_HOUR: Duration = Duration::from_secs(3600);
    super::job::sleep_until(AN_HOUR);
}

/// Gives the kernel at least two seconds to finish its deferred work. The wait ends at a
/// multiple of ten seconds of the guest's clock, however long booting took. Returns that
/// time.
pub(super) fn settle() -> Duration {
    const SETTLING: u64 = 2;
    const STEP: u64 = 10;
    let now = super::job::uptime().as_secs();
    let until = Duration::from_secs((now + SETTLING).next_multiple_of(STEP));
    super::job::sleep_until(until);
    until
}

fn set_loopback_up() -> io::Result<()> {
    nix::ioctl_write_ptr_bad!(set_flags, libc::SIOCSIFFLAGS, libc::ifreq);
    let any = socket(
        AddressFamily::Inet,
        SockType::Datagram,
        SockFlag::SOCK_CLOEXEC,
        None,
    )?;
    // SAFETY: `ifreq` is plain data for which all zeroes is a value.
    let mut request: libc::ifreq = unsafe { std::mem::zeroed() };
    for (to, from) in request.ifr_name.iter_mut().zip(c"lo".to_bytes()) {
        *to = *from as libc::c_char;
    }
    request.ifr_ifru.ifru_flags = libc::IFF_UP as libc::c_short;
    // SAFETY: the request reads one `ifreq`, which outlives the call.
    unsafe { set_flags(std::os::fd::AsRawFd::as_raw_fd(&any), &raw const request) }?;
    Ok(())
}
