//! Going on with a saved machine.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::os::fd::AsRawFd;
use std::path::Path;
use std::time::Instant;

use serde_json::json;

use super::boot;
use super::cpu::CpuClaim;
use super::error::{Doing, VmError};
use super::letter::Mailbox;
use super::machine::Machine;
use super::qemu::{Ram, Vm, arguments};
use super::saved::STATE_FILE;

/// A machine that runs again: with the state that is saved in `from`, and with
/// the RAM file in `folder`.
pub(super) fn resume(
    machine: &Machine,
    from: &Path,
    folder: &Path,
    ram: Ram,
    mailbox: &Mailbox,
    cpu: &CpuClaim,
    deadline: Instant,
) -> Result<Vm, VmError> {
    let state = fs::read(from.join(STATE_FILE)).doing(|| "reading the saved machine".into())?;
    let words = arguments([
        // Not booted again, but its boot ROM is a part of the machine.
        OsStr::new("-kernel"),
        machine.kernel_image.as_os_str(),
        OsStr::new("-incoming"),
        OsStr::new("defer"),
    ]);
    let (incoming, mut outgoing) = std::io::pipe().doing(|| "resuming the machine".into())?;
    let mut vm = machine
        .qemu
        .start(folder, ram, mailbox.file(), cpu, &words, &[&incoming])?;
    vm.execute("qmp_capabilities", json!({}))?;
    vm.execute("migrate-set-capabilities", boot::capabilities())?;
    let uri = format!("fd:{}", incoming.as_raw_fd());
    vm.execute("migrate-incoming", json!({"uri": uri}))?;
    drop(incoming);
    // If QEMU ends early this fails, and the events below say why.
    let sender = std::thread::spawn(move || outgoing.write_all(&state));
    let loaded = boot::wait_for_migration(&mut vm, deadline);
    drop(sender);
    loaded?;
    vm.put_first();
    vm.execute("cont", json!({}))?;
    Ok(vm)
}
