//! The keeper: the process inside a node's jail.
//!
//! It is forked from a process that may have threads, so it makes system calls
//! on memory of its own stack, and nothing else: no allocation, no lock.
#![allow(unsafe_code)]

use std::os::fd::RawFd;
use std::ptr;

use super::abi::{BIOCSBLEN, BIOCSETIF, Ifreq};

/// Longest name of a setting or an interface.
pub(super) const LONGEST_NAME: usize = 96;
/// Size of a bpf buffer in bytes: by default, the greatest that the kernel allows
/// (`net.bpf.maxbufsize`). Where the kernel allows less, it takes a buffer of that size.
const BUFFER: u32 = 512 << 10;
/// Room for a control message with one descriptor.
pub(super) const CONTROL: usize = 32;

/// The requests to a keeper.
pub(super) const SOCKET: u32 = 1;
pub(super) const BPF: u32 = 2;
pub(super) const SYSCTL: u32 = 3;
pub(super) const UNSENT: u32 = 4;
pub(super) const KNOWS: u32 = 5;

/// A request to a keeper.
#[repr(C)]
#[derive(Clone, Copy)]
pub(super) struct Question {
    pub(super) kind: u32,
    /// For a socket: domain, type, protocol. For unsent frames: the index of the interface
    /// first.
    pub(super) numbers: [i32; 3],
    /// For a setting: the value.
    pub(super) value: i64,
    /// The name, ended by a zero.
    pub(super) name: [u8; LONGEST_NAME],
}

/// The answer of a keeper. A requested descriptor comes with it.
#[repr(C)]
#[derive(Clone, Copy, Default)]
pub(super) struct Answer {
    /// 0, or the error number.
    pub(super) errno: i32,
    pub(super) _pad: i32,
    pub(super) value: u64,
}

/// A control message, aligned as such.
#[repr(C, align(8))]
pub(super) struct Control(pub(super) [u8; CONTROL]);

/// Enters a new jail and answers requests on `line` until the other end is closed.
/// `parameters` are those of jail_set(2).
pub(super) fn keep(line: RawFd, parameters: &mut [libc::iovec]) -> ! {
    // SAFETY: these calls take no memory; descriptors of the parent's that are
    // closed here are this process's own copies.
    unsafe {
        // A signal that ends the lab must not end the keeper before the lab has written
        // its recording.
        for signal in [libc::SIGINT, libc::SIGTERM, libc::SIGHUP, libc::SIGQUIT] {
            libc::signal(signal, libc::SIG_IGN);
        }
        // An inherited end of another keeper's socket would keep that keeper alive.
        libc::dup2(line, 0);
        libc::closefrom(1);
    }
    let count = u32::try_from(parameters.len()).unwrap_or(0);
    // SAFETY: every entry points to live memory of the length it gives.
    let jail = unsafe {
        libc::jail_set(
            parameters.as_mut_ptr(),
            count,
            libc::JAIL_CREATE | libc::JAIL_ATTACH,
        )
    };
    let mut answer = Answer::default();
    match u64::try_from(jail) {
        Ok(id) => answer.value = id,
        Err(_) => answer.errno = errno(),
    }
    say(&answer, None);
    while let Some(question) = hear() {
        let (answer, descriptor) = reply(&question);
        say(&answer, descriptor);
        if let Some(descriptor) = descriptor {
            // SAFETY: it was opened for this answer, and is used no more.
            unsafe { libc::close(descriptor) };
        }
    }
    // SAFETY: it ends at once, without what the parent left to be done at exit.
    unsafe { libc::_exit(0) }
}

fn reply(question: &Question) -> (Answer, Option<RawFd>) {
    let mut answer = Answer::default();
    let mut descriptor = None;
    let done = match question.kind {
        SOCKET => socket(question.numbers).map(|made| descriptor = Some(made)),
        BPF => bpf(&question.name).map(|made| descriptor = Some(made)),
        SYSCTL => set(&question.name, question.value),
        KNOWS => width(&question.name).map(|_| ()),
        UNSENT => unsent(question.numbers[0]).map(|frames| answer.value = frames),
        _ => Err(libc::EINVAL),
    };
    answer.errno = done.err().unwrap_or(0);
    (answer, descriptor)
}

fn socket([domain, kind, protocol]: [i32; 3]) -> Result<RawFd, i32> {
    // SAFETY: it takes no memory.
    checked(unsafe { libc::socket(domain, kind, protocol) })
}

/// A bpf(4) descriptor on an interface. bpf looks the interface up in the stack of the
/// calling process, so the keeper must call it.
fn bpf(interface: &[u8; LONGEST_NAME]) -> Result<RawFd, i32> {
    // SAFETY: the path ends with a zero.
    let bpf = checked(unsafe {
        libc::open(
            c"/dev/bpf".as_ptr(),
            libc::O_RDWR | libc::O_NONBLOCK | libc::O_CLOEXEC,
        )
    })?;
    let mut length = BUFFER;
    let mut request = Ifreq {
        name: [0; super::abi::IFNAMSIZ],
        value: [0; 16],
    };
    let end = request.name.len() - 1;
    request.name[..end].copy_from_slice(&interface[..end]);
    // SAFETY: each request's argument is of the type that it names.
    let done = unsafe {
        checked(libc::ioctl(bpf, BIOCSBLEN, &raw mut length))
            .and_then(|_| checked(libc::ioctl(bpf, BIOCSETIF, &raw mut request)))
    };
    if done.is_err() {
        // SAFETY: it was opened above.
        unsafe { libc::close(bpf) };
    }
    done.map(|_| bpf)
}

/// Width of a setting in the kernel, in bytes.
fn width(name: &[u8; LONGEST_NAME]) -> Result<usize, i32> {
    let mut width = 0;
    // SAFETY: the name ends with a zero; only the length is written.
    checked(unsafe {
        libc::sysctlbyname(
            name.as_ptr().cast(),
            ptr::null_mut(),
            &raw mut width,
            ptr::null(),
            0,
        )
    })?;
    Ok(width)
}

/// Sets a numeric setting, of whatever width the kernel's number is.
fn set(name: &[u8; LONGEST_NAME], value: i64) -> Result<(), i32> {
    let width = width(name)?;
    if ![1, 2, 4, 8].contains(&width) {
        return Err(libc::EINVAL);
    }
    // The first bytes of a little-endian number are the narrower number.
    let value = value.to_le_bytes();
    // SAFETY: the name ends with a zero; `width` is at most the length of
    // `value`.
    checked(unsafe {
        libc::sysctlbyname(
            name.as_ptr().cast(),
            ptr::null_mut(),
            ptr::null_mut(),
            value.as_ptr().cast(),
            width,
        )
    })
    .map(|_| ())
}

/// Number of frames that an interface could not send (ifmib(4)).
fn unsent(index: i32) -> Result<u64, i32> {
    const NETLINK_GENERIC: i32 = 0;
    const IFMIB_IFDATA: i32 = 2;
    const IFDATA_GENERAL: i32 = 1;
    let mib = [
        libc::CTL_NET,
        libc::PF_LINK,
        NETLINK_GENERIC,
        IFMIB_IFDATA,
        index,
        IFDATA_GENERAL,
    ];
    // SAFETY: all zeroes are a valid ifmibdata.
    let mut data: libc::ifmibdata = unsafe { std::mem::zeroed() };
    let mut length = size_of::<libc::ifmibdata>();
    // SAFETY: pointers and lengths are those of live memory.
    checked(unsafe {
        libc::sysctl(
            mib.as_ptr(),
            6,
            ptr::from_mut(&mut data).cast(),
            &raw mut length,
            ptr::null(),
            0,
        )
    })?;
    Ok(data.ifmd_data.ifi_oqdrops + data.ifmd_data.ifi_oerrors)
}

/// The next request; `None` when the other end is closed.
fn hear() -> Option<Question> {
    let mut question = Question {
        kind: 0,
        numbers: [0; 3],
        value: 0,
        name: [0; LONGEST_NAME],
    };
    let length = size_of::<Question>();
    // SAFETY: any bytes are a question, and `length` is that of one.
    let heard = unsafe { libc::recv(0, ptr::from_mut(&mut question).cast(), length, 0) };
    question.name[LONGEST_NAME - 1] = 0;
    (usize::try_from(heard) == Ok(length)).then_some(question)
}

fn say(answer: &Answer, descriptor: Option<RawFd>) {
    let mut part = libc::iovec {
        iov_base: ptr::from_ref(answer).cast_mut().cast(),
        iov_len: size_of::<Answer>(),
    };
    let mut control = Control([0; CONTROL]);
    // SAFETY: all zeroes are a valid msghdr; what it is made to point to lives
    // to the end of this function, and the control message is written within
    // its room.
    unsafe {
        let mut message: libc::msghdr = std::mem::zeroed();
        message.msg_iov = &raw mut part;
        message.msg_iovlen = 1;
        if let Some(descriptor) = descriptor {
            let room = size_of::<RawFd>() as u32;
            message.msg_control = control.0.as_mut_ptr().cast();
            message.msg_controllen = libc::CMSG_SPACE(room);
            let header = libc::CMSG_FIRSTHDR(&raw const message);
            (*header).cmsg_level = libc::SOL_SOCKET;
            (*header).cmsg_type = libc::SCM_RIGHTS;
            (*header).cmsg_len = libc::CMSG_LEN(room);
            ptr::write_unaligned(libc::CMSG_DATA(header).cast(), descriptor);
        }
        libc::sendmsg(0, &raw const message, libc::MSG_NOSIGNAL);
    }
}

fn checked(result: i32) -> Result<i32, i32> {
    if result < 0 { Err(errno()) } else { Ok(result) }
}

fn errno() -> i32 {
    // SAFETY: it points to this thread's own number.
    unsafe { *libc::__error() }
}
