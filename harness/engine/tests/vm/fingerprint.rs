//! A fingerprint of a guest: everything in it that could differ from run to run, namely
//! packets with the kernel's time stamps, random numbers, timer expiries and clocks.
#![allow(unsafe_code)]

use std::fmt::Write;
use std::os::fd::{AsRawFd, OwnedFd};
use std::time::{Duration, Instant};

use nix::libc;
use nix::sys::socket::{
    AddressFamily, Backlog, MsgFlags, SockFlag, SockProtocol, SockType, SockaddrIn, accept, bind,
    connect, getsockname, listen, recv, send, socket,
};
use nix::time::{ClockId, clock_gettime};

/// Takes a fingerprint: one line for each observation.
pub(crate) fn take() -> String {
    let mut text = String::new();
    let capture = Tap::on_loopback();
    for round in 0..5 {
        let (client, server) = association();
        for message in 0..4_u8 {
            send(client.as_raw_fd(), &[message; 700], MsgFlags::empty()).unwrap();
            let mut buffer = [0; 2048];
            recv(server.as_raw_fd(), &mut buffer, MsgFlags::empty()).unwrap();
        }
        drop(client);
        drop(server);
        let before = Instant::now();
        std::thread::sleep(Duration::from_millis(1500 + round));
        writeln!(text, "slept {} ns", before.elapsed().as_nanos()).unwrap();
        capture.drain_into(&mut text);
        for clock in [ClockId::CLOCK_MONOTONIC, ClockId::CLOCK_REALTIME] {
            let now = clock_gettime(clock).unwrap();
            writeln!(text, "clock {now:?}").unwrap();
        }
        writeln!(text, "random {}", random()).unwrap();
    }
    text
}

/// A random number of the kernel.
pub(crate) fn random() -> u64 {
    let mut bytes = [0; 8];
    // SAFETY: the buffer has the given length.
    let len = unsafe { libc::getrandom(bytes.as_mut_ptr().cast(), bytes.len(), 0) };
    assert_eq!(len, 8);
    u64::from_le_bytes(bytes)
}

fn association() -> (OwnedFd, OwnedFd) {
    use std::os::fd::FromRawFd;
    let new = || {
        socket(
            AddressFamily::Inet,
            SockType::Stream,
            SockFlag::empty(),
            SockProtocol::Sctp,
        )
        .unwrap()
    };
    let listener = new();
    bind(listener.as_raw_fd(), &SockaddrIn::new(127, 0, 0, 1, 0)).unwrap();
    listen(&listener, Backlog::new(1).unwrap()).unwrap();
    let address: SockaddrIn = getsockname(listener.as_raw_fd()).unwrap();
    let client = new();
    connect(client.as_raw_fd(), &address).unwrap();
    let server = accept(listener.as_raw_fd()).unwrap();
    // SAFETY: `accept` has just opened this descriptor, and nothing else uses it.
    (client, unsafe { OwnedFd::from_raw_fd(server) })
}

struct Tap(OwnedFd);

impl Tap {
    fn on_loopback() -> Self {
        let capture = socket(
            AddressFamily::Packet,
            SockType::Raw,
            SockFlag::SOCK_NONBLOCK,
            SockProtocol::EthAll,
        )
        .unwrap();
        let on = true;
        nix::sys::socket::setsockopt(&capture, nix::sys::socket::sockopt::ReceiveTimestampns, &on)
            .unwrap();
        Self(capture)
    }

    fn drain_into(&self, text: &mut String) {
        let mut buffer = [0; 4096];
        loop {
            let mut space = nix::cmsg_space!(nix::sys::time::TimeSpec);
            let mut vectors = [std::io::IoSliceMut::new(&mut buffer)];
            let Ok(message) = nix::sys::socket::recvmsg::<()>(
                self.0.as_raw_fd(),
                &mut vectors,
                Some(&mut space),
                MsgFlags::empty(),
            ) else {
                return;
            };
            let stamp: Vec<_> = message.cmsgs().unwrap().collect();
            let len = message.bytes;
            let bytes: String = buffer[..len].iter().map(|b| format!("{b:02x}")).collect();
            writeln!(text, "packet {stamp:?} {bytes}").unwrap();
        }
    }
}
