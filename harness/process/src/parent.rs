//! Ties a child to its parent: on Linux to the thread that started the child, on FreeBSD to
//! the process.
#![allow(unsafe_code)]

#[cfg(target_os = "freebsd")]
mod freebsd;
#[cfg(target_os = "linux")]
mod linux;

use std::os::unix::process::CommandExt;
use std::process::Command;

use nix::errno::Errno;
use nix::unistd::{Pid, getppid};

#[cfg(target_os = "freebsd")]
use freebsd::die_with_parent;
#[cfg(target_os = "linux")]
use linux::die_with_parent;

/// Makes the system kill the child that `command` starts as soon as the thread that starts
/// the child ends, for whatever reason. On FreeBSD, the end of the whole process counts.
pub fn tie(command: &mut Command) {
    let parent = Pid::this();
    // SAFETY: between fork and exec only system calls are made; nothing
    // allocates or locks.
    unsafe {
        command.pre_exec(move || {
            die_with_parent()?;
            if getppid() != parent {
                return Err(Errno::ESRCH.into()); // it died before the line above
            }
            Ok(())
        });
    }
}
