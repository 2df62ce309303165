//! Resumes a saved machine.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::os::fd::AsRawFd;
use std::path::Path;

use serde_json::json;

use super::boot;
use super::cpu::CpuClaim;
use super::deadline::Deadline;
use super::error::{Doing, VmError};
use super::letter::HostMailbox;
use super::machine::Machine;
use super::qemu::{Ram, arguments};
use super::running::Vm;
use super::saved::STATE_FILE;
use crate::leash::Leash;

/// A machine that runs again.
pub(super) struct Resumed {
    pub(super) vm: Vm,
    /// Whether the guest's clock is the same in every run.
    pub(super) exact: bool,
}

/// Resumes a machine with the state that is saved in `from`, and with the RAM file in
/// `folder`. Through `leash`, another thread can end the machine.
#[expect(
    clippy::too_many_arguments,
    reason = "each is one thing of the machine's"
)]
pub(super) fn resume(
    machine: &Machine,
    from: &Path,
    folder: &Path,
    ram: Ram,
    mailbox: &HostMailbox,
    cpu: &CpuClaim,
    leash: &Leash,
    deadline: Deadline,
) -> Result<Resumed, VmError> {
    let state = fs::read(from.join(STATE_FILE)).doing(|| "reading the saved machine".into())?;
    let words = arguments([
        // The kernel is not booted again, but this option adds a boot ROM, which is a part
        // of the saved machine.
        OsStr::new("-kernel"),
        machine.kernel_image.as_os_str(),
        OsStr::new("-incoming"),
        OsStr::new("defer"),
    ]);
    let (incoming, mut outgoing) = std::io::pipe().doing(|| "resuming the machine".into())?;
    let mut vm = machine.qemu.start(
        folder,
        ram,
        mailbox.file(),
        cpu,
        &words,
        &[&incoming],
        leash,
    )?;
    vm.execute("qmp_capabilities", json!({}), deadline)?;
    vm.execute("migrate-set-capabilities", boot::capabilities(), deadline)?;
    let uri = format!("fd:{}", incoming.as_raw_fd());
    vm.execute("migrate-incoming", json!({"uri": uri}), deadline)?;
    drop(incoming);
    // If QEMU ends early, the writing fails, and the events below say why.
    let sender = std::thread::spawn(move || outgoing.write_all(&state));
    let loaded = boot::wait_for_migration(&mut vm, deadline);
    drop(sender);
    loaded?;
    let exact = vm.arrange(cpu);
    vm.execute("cont", json!({}), deadline)?;
    Ok(Resumed { vm, exact })
}
