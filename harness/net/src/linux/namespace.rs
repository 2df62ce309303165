//! Network namespaces without names.

use std::fs::File;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::{io, panic, thread};

use nix::sched::{CloneFlags, setns, unshare};
use tokio::runtime::Handle;

use crate::error::NetError;

/// A network namespace. It lives as long as this value or a socket in it, and the kernel
/// removes it with the process, however the process ends.
#[derive(Debug)]
pub(super) struct Namespace(OwnedFd);

impl Namespace {
    /// Makes a namespace, and calls `furnish` on a thread inside.
    pub(super) fn new<T: Send>(
        furnish: impl FnOnce() -> Result<T, NetError> + Send,
    ) -> Result<(Self, T), NetError> {
        on_a_thread(|| {
            unshare(CloneFlags::CLONE_NEWNET)
                .map_err(|errno| NetError::NoNamespace(errno.into()))?;
            let itself = File::open("/proc/thread-self/ns/net")
                .map_err(NetError::kernel("open a new network namespace"))?;
            Ok((Self(itself.into()), furnish()?))
        })
    }

    /// Runs `act` on a thread inside the namespace.
    pub(super) fn enter<T: Send>(&self, act: impl FnOnce() -> T + Send) -> io::Result<T> {
        on_a_thread(|| {
            setns(&self.0, CloneFlags::CLONE_NEWNET)?;
            Ok(act())
        })
    }
}

impl AsFd for Namespace {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}

/// Runs `act` on a new thread. A thread's namespace ends with the thread, so no other
/// thread can get into the wrong namespace. The thread has the caller's runtime, which
/// drives whatever `act` makes.
fn on_a_thread<T: Send>(act: impl FnOnce() -> T + Send) -> T {
    let runtime = Handle::try_current().ok();
    let visit = || {
        let _entered = runtime.as_ref().map(Handle::enter);
        act()
    };
    thread::scope(|scope| scope.spawn(visit).join())
        .unwrap_or_else(|panicked| panic::resume_unwind(panicked))
}
