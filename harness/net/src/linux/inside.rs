//! Starts programs inside a node.
#![allow(unsafe_code)]

use std::io;
use std::os::unix::process::CommandExt;
use std::process::Command;

use nix::sched::{CloneFlags, setns};

use super::node::Node;

impl Node {
    /// Makes the program that `command` starts run inside this node's namespace.
    ///
    /// The calling thread does not change its namespace: the new process enters the
    /// node's namespace itself.
    ///
    /// # Errors
    /// If this process cannot open another file.
    pub fn house(&self, command: &mut Command) -> io::Result<()> {
        let namespace = self.namespace().try_clone_to_owned()?;
        // SAFETY: between fork and exec only a system call is made; nothing allocates
        // or locks.
        unsafe {
            command.pre_exec(move || Ok(setns(&namespace, CloneFlags::CLONE_NEWNET)?));
        }
        Ok(())
    }
}
