//! Tries the steps of making a network, in a child process.
#![allow(unsafe_code)]

use std::io::{self, Read};
use std::os::fd::{IntoRawFd, OwnedFd};

use netlink_packet_core::{
    NLM_F_ACK, NLM_F_CREATE, NLM_F_EXCL, NLM_F_REQUEST, NetlinkHeader, NetlinkMessage,
    NetlinkPayload,
};
use netlink_packet_route::RouteNetlinkMessage;
use netlink_packet_route::link::{InfoKind, LinkAttribute, LinkInfo, LinkMessage};

/// The steps, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A user namespace.
    User,
    /// A network namespace.
    Network,
    /// A packet socket.
    Socket,
    /// A pair of interfaces.
    Veth,
}

/// The step that the kernel refused, and the error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) step: Step,
    pub(super) errno: i32,
}

impl Refusal {
    pub(super) fn is_for_lack_of_rights(self) -> bool {
        [libc::EPERM, libc::EACCES].contains(&self.errno)
    }

    pub(super) fn error(self) -> io::Error {
        io::Error::from_raw_os_error(self.errno)
    }
}

/// Runs all steps from `first` on in a child.
///
/// # Errors
/// The outer error if the child could not be run.
pub(super) fn run(first: Step) -> io::Result<Result<(), Refusal>> {
    // The child of a process with threads must not allocate memory.
    let veth = veth_request();
    let (answer, ask) = io::pipe()?;
    // SAFETY: until it exits, the child only makes system calls on memory that
    // was made before.
    let child = unsafe { libc::fork() };
    if child < 0 {
        return Err(io::Error::last_os_error());
    }
    let ask = OwnedFd::from(ask);
    if child == 0 {
        let (step, errno) = steps(first, &veth);
        let answer = [step as u8, u8::try_from(errno).unwrap_or(u8::MAX)];
        // SAFETY: `answer` has two bytes; nothing of the parent's is run at exit.
        unsafe {
            libc::write(ask.into_raw_fd(), answer.as_ptr().cast(), answer.len());
            libc::_exit(0)
        }
    }
    drop(ask);
    let mut said = [0; 2];
    let read = { answer }.read_exact(&mut said);
    // SAFETY: `child` is this process's own, and a null status is not written.
    unsafe { libc::waitpid(child, std::ptr::null_mut(), 0) };
    read?;

    let [step, errno] = said;
    if errno == 0 {
        return Ok(Ok(()));
    }
    let all = [Step::User, Step::Network, Step::Socket, Step::Veth];
    let step = all
        .into_iter()
        .find(|known| *known as u8 == step)
        .ok_or(io::ErrorKind::InvalidData)?;
    Ok(Err(Refusal {
        step,
        errno: errno.into(),
    }))
}

/// The step that failed with its error number, or the last step with 0.
fn steps(first: Step, veth: &[u8]) -> (Step, i32) {
    if first == Step::User {
        // SAFETY: no pointers are passed.
        if unsafe { libc::unshare(libc::CLONE_NEWUSER) } < 0 {
            return (Step::User, errno());
        }
    }
    // SAFETY: as above.
    if unsafe { libc::unshare(libc::CLONE_NEWNET) } < 0 {
        return (Step::Network, errno());
    }
    // SAFETY: as above.
    if unsafe { libc::socket(libc::AF_PACKET, libc::SOCK_RAW, 0) } < 0 {
        return (Step::Socket, errno());
    }
    match make_veth(veth) {
        Ok(()) => (Step::Veth, 0),
        Err(errno) => (Step::Veth, errno),
    }
}

fn make_veth(request: &[u8]) -> Result<(), i32> {
    /// Offset of the error number in the answer: after the header of 16 bytes.
    const ERROR: usize = 16;
    let mut answer = [0_u8; 256];
    // SAFETY: no pointers are passed.
    let socket = unsafe { libc::socket(libc::AF_NETLINK, libc::SOCK_RAW, libc::NETLINK_ROUTE) };
    // SAFETY: `request` and `answer` are as long as is said.
    let received = unsafe {
        if libc::send(socket, request.as_ptr().cast(), request.len(), 0) < 0 {
            return Err(errno());
        }
        libc::recv(socket, answer.as_mut_ptr().cast(), answer.len(), 0)
    };
    if received < 0 {
        return Err(errno());
    }
    let code = i32::from_ne_bytes([
        answer[ERROR],
        answer[ERROR + 1],
        answer[ERROR + 2],
        answer[ERROR + 3],
    ]);
    if code == 0 { Ok(()) } else { Err(-code) }
}

fn veth_request() -> Vec<u8> {
    let mut link = LinkMessage::default();
    link.attributes = vec![LinkAttribute::LinkInfo(vec![LinkInfo::Kind(
        InfoKind::Veth,
    )])];
    let mut header = NetlinkHeader::default();
    header.flags = NLM_F_REQUEST | NLM_F_CREATE | NLM_F_EXCL | NLM_F_ACK;
    let mut message = NetlinkMessage::new(
        header,
        NetlinkPayload::from(RouteNetlinkMessage::NewLink(link)),
    );
    message.finalize();
    let mut bytes = vec![0; message.buffer_len()];
    message.serialize(&mut bytes);
    bytes
}

fn errno() -> i32 {
    // Unlike the kinds of `io::Error`, the number needs no memory.
    io::Error::last_os_error().raw_os_error().unwrap_or(0)
}
