//! Requirements of the `native` engine on FreeBSD.
#![allow(unsafe_code)]

use std::ffi::CStr;
use std::fs;
use std::os::unix::fs::FileTypeExt;
use std::ptr;

use nix::errno::Errno;
use nix::libc;
use nix::sys::socket::{AddressFamily, SockFlag, SockProtocol, SockType, socket};
use nix::unistd::geteuid;

/// Something the `native` engine lacks on this machine.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Missing {
    /// The SCTP module is not loaded.
    #[error("this kernel's SCTP is not loaded (socket: {0})")]
    NotLoaded(Errno),
    /// The module of epair(4) is not loaded.
    #[error("this kernel's if_epair is not loaded")]
    NoEpair,
    /// The kernel was built without network stacks for jails.
    #[error("this kernel has no VIMAGE: its jails have no network of their own")]
    NoVimage,
    /// This process is not root.
    #[error("only root may make jails")]
    NotRoot,
    /// There is no bpf(4), so frames can be neither seen nor sent.
    #[error("there is no /dev/bpf")]
    NoBpf,
}

impl Missing {
    /// The command that gets what is missing, or advice in words, if there is any.
    pub fn remedy(&self) -> Option<String> {
        match self {
            Self::NotLoaded(_) => Some("kldload sctp".into()),
            Self::NoEpair => Some("kldload if_epair".into()),
            Self::NotRoot => Some("run it as root".into()),
            Self::NoVimage | Self::NoBpf => None,
        }
    }
}

/// The missing requirements of the `native` engine; empty if there are none.
pub fn probe() -> Vec<Missing> {
    let sctp = socket(
        AddressFamily::Inet,
        SockType::Stream,
        SockFlag::SOCK_CLOEXEC,
        SockProtocol::Sctp,
    );
    let bpf = fs::metadata("/dev/bpf").is_ok_and(|it| it.file_type().is_char_device());
    [
        sctp.err().map(Missing::NotLoaded),
        (!has_module(c"if_epair")).then_some(Missing::NoEpair),
        (!has_vimage()).then_some(Missing::NoVimage),
        (!geteuid().is_root()).then_some(Missing::NotRoot),
        (!bpf).then_some(Missing::NoBpf),
    ]
    .into_iter()
    .flatten()
    .collect()
}

unsafe extern "C" {
    /// modfind(2).
    fn modfind(name: *const libc::c_char) -> libc::c_int;
}

/// Whether a module is loaded or built in.
fn has_module(name: &CStr) -> bool {
    // SAFETY: the name ends with a zero.
    unsafe { modfind(name.as_ptr()) >= 0 }
}

/// Whether jails may have their own network stacks: the kernel's `FEATURE(vimage)`
/// (`kern_vimage.c`).
fn has_vimage() -> bool {
    let mut value: libc::c_int = 0;
    let mut length = size_of_val(&value);
    // SAFETY: the name ends with a zero, and the length is that of `value`.
    let result = unsafe {
        libc::sysctlbyname(
            c"kern.features.vimage".as_ptr(),
            ptr::from_mut(&mut value).cast(),
            &raw mut length,
            ptr::null(),
            0,
        )
    };
    result == 0 && value != 0
}
