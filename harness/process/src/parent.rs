//! A child that does not outlive the thread that started it.
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

/// Makes the system kill the process that `command` starts when the thread that starts it
/// ends, for whatever reason.
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
