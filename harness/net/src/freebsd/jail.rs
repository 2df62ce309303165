//! A jail with a network stack of its own.
#![allow(unsafe_code)]

use std::ffi::CString;
use std::io;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd, RawFd};
use std::ptr;
use std::sync::{Mutex, PoisonError};

use super::keeper::{self, Answer, CONTROL, Control, LONGEST_NAME, Question};
use crate::error::NetError;

/// A vnet jail. It lives as long as its keeper or a socket in it. The keeper lives as
/// long as this value.
#[derive(Debug)]
pub(super) struct Jail {
    id: i32,
    keeper: libc::pid_t,
    /// Locked for one request at a time.
    line: Mutex<Option<OwnedFd>>,
}

impl Jail {
    /// Makes a jail with the host name `name`.
    pub(super) fn new(name: &str) -> Result<Self, NetError> {
        let (line, keeper) = fork(name).map_err(NetError::kernel("start a node's process"))?;
        let mut jail = Self {
            id: 0,
            keeper,
            line: Mutex::new(Some(line)),
        };
        let (answer, _) = jail.heard().map_err(NetError::NoJail)?;
        jail.id = i32::try_from(answer.value).unwrap_or_default();
        Ok(jail)
    }

    /// Number of the jail, for SIOCSIFVNET.
    pub(super) fn id(&self) -> i32 {
        self.id
    }

    /// Makes a socket in the jail.
    pub(super) fn socket(&self, domain: i32, kind: i32, protocol: i32) -> io::Result<OwnedFd> {
        self.descriptor(Question {
            kind: keeper::SOCKET,
            numbers: [domain, kind, protocol],
            value: 0,
            name: [0; LONGEST_NAME],
        })
    }

    /// Opens a bpf(4) descriptor on an interface of the jail.
    pub(super) fn bpf(&self, interface: &str) -> io::Result<OwnedFd> {
        self.descriptor(Question {
            kind: keeper::BPF,
            numbers: [0; 3],
            value: 0,
            name: named(interface)?,
        })
    }

    /// Sets a numeric setting of the jail's stack.
    pub(super) fn set(&self, name: &str, value: i64) -> io::Result<()> {
        let question = Question {
            kind: keeper::SYSCTL,
            numbers: [0; 3],
            value,
            name: named(name)?,
        };
        self.ask(&question).map(|_| ())
    }

    /// Succeeds if the jail's stack has this setting; fails with `NotFound` if not.
    pub(super) fn require(&self, name: &str) -> io::Result<()> {
        let question = Question {
            kind: keeper::KNOWS,
            numbers: [0; 3],
            value: 0,
            name: named(name)?,
        };
        self.ask(&question).map(|_| ())
    }

    /// Number of frames that the jail's interface with this index could not send.
    pub(super) fn unsent(&self, index: i32) -> io::Result<u64> {
        let question = Question {
            kind: keeper::UNSENT,
            numbers: [index, 0, 0],
            value: 0,
            name: [0; LONGEST_NAME],
        };
        self.ask(&question).map(|(answer, _)| answer.value)
    }

    fn descriptor(&self, question: Question) -> io::Result<OwnedFd> {
        let (_, descriptor) = self.ask(&question)?;
        descriptor.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }

    fn ask(&self, question: &Question) -> io::Result<(Answer, Option<OwnedFd>)> {
        let line = self.line.lock().unwrap_or_else(PoisonError::into_inner);
        let line = line.as_ref().ok_or(io::ErrorKind::NotConnected)?;
        // SAFETY: a question is plain bytes, and this is its length.
        let sent = unsafe {
            libc::send(
                line.as_raw_fd(),
                ptr::from_ref(question).cast(),
                size_of::<Question>(),
                libc::MSG_NOSIGNAL,
            )
        };
        if sent < 0 {
            return Err(io::Error::last_os_error());
        }
        hear(line.as_raw_fd())
    }

    fn heard(&self) -> io::Result<(Answer, Option<OwnedFd>)> {
        let line = self.line.lock().unwrap_or_else(PoisonError::into_inner);
        hear(
            line.as_ref()
                .ok_or(io::ErrorKind::NotConnected)?
                .as_raw_fd(),
        )
    }
}

impl Drop for Jail {
    fn drop(&mut self) {
        // Closing the socket ends the keeper.
        self.line
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        // SAFETY: it is this process's own child, waited for only here.
        unsafe { libc::waitpid(self.keeper, ptr::null_mut(), 0) };
    }
}

/// Forks a keeper, and passes it its end of the socket.
fn fork(name: &str) -> io::Result<(OwnedFd, libc::pid_t)> {
    // Everything that the child needs is allocated before the fork.
    let host = CString::new(name.replace('\0', "")).unwrap_or_default();
    let new = libc::JAIL_SYS_NEW;
    let new = new.to_ne_bytes();
    let mut parameters = [
        text(c"path"),
        text(c"/"),
        text(c"host.hostname"),
        text(&host),
        text(c"vnet"),
        bytes(&new),
    ];
    let mut ends = [0; 2];
    // SAFETY: `ends` has room for two descriptors.
    let made = unsafe {
        libc::socketpair(
            libc::AF_UNIX,
            libc::SOCK_SEQPACKET | libc::SOCK_CLOEXEC,
            0,
            ends.as_mut_ptr(),
        )
    };
    if made < 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: both are new descriptors that nobody else has.
    let [ours, theirs] = ends.map(|end| unsafe { OwnedFd::from_raw_fd(end) });
    // SAFETY: the child only makes system calls on memory that was made before.
    let child = unsafe { libc::fork() };
    match child {
        0 => keeper::keep(theirs.as_raw_fd(), &mut parameters),
        child if child < 0 => Err(io::Error::last_os_error()),
        child => Ok((ours, child)),
    }
}

fn text(text: &std::ffi::CStr) -> libc::iovec {
    bytes(text.to_bytes_with_nul())
}

fn bytes(bytes: &[u8]) -> libc::iovec {
    libc::iovec {
        iov_base: bytes.as_ptr().cast_mut().cast(),
        iov_len: bytes.len(),
    }
}

fn named(name: &str) -> io::Result<[u8; LONGEST_NAME]> {
    let mut bytes = [0; LONGEST_NAME];
    let room = bytes
        .get_mut(..name.len())
        .filter(|room| room.len() < LONGEST_NAME)
        .ok_or(io::ErrorKind::InvalidInput)?;
    room.copy_from_slice(name.as_bytes());
    Ok(bytes)
}

/// The keeper's next answer, or the error in it.
fn hear(line: RawFd) -> io::Result<(Answer, Option<OwnedFd>)> {
    let mut answer = Answer::default();
    let mut part = libc::iovec {
        iov_base: ptr::from_mut(&mut answer).cast(),
        iov_len: size_of::<Answer>(),
    };
    let mut control = Control([0; CONTROL]);
    // SAFETY: all zeroes are a valid msghdr; it is made to point to memory that
    // outlives the call, with its true lengths.
    let (heard, message) = unsafe {
        let mut message: libc::msghdr = std::mem::zeroed();
        message.msg_iov = &raw mut part;
        message.msg_iovlen = 1;
        message.msg_control = control.0.as_mut_ptr().cast();
        message.msg_controllen = CONTROL as u32;
        let heard = libc::recvmsg(line, &raw mut message, libc::MSG_CMSG_CLOEXEC);
        (heard, message)
    };
    if heard < 0 {
        return Err(io::Error::last_os_error());
    }
    let descriptor = descriptor(&message);
    if usize::try_from(heard) != Ok(size_of::<Answer>()) {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    match answer.errno {
        0 => Ok((answer, descriptor)),
        errno => Err(io::Error::from_raw_os_error(errno)),
    }
}

fn descriptor(message: &libc::msghdr) -> Option<OwnedFd> {
    // SAFETY: the kernel has filled in this header's control messages, and a
    // descriptor that it passes is nobody else's.
    unsafe {
        let header = libc::CMSG_FIRSTHDR(message);
        if header.is_null() || (*header).cmsg_type != libc::SCM_RIGHTS {
            return None;
        }
        let descriptor = ptr::read_unaligned(libc::CMSG_DATA(header).cast());
        Some(OwnedFd::from_raw_fd(descriptor))
    }
}
