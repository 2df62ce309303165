//! Boots a kernel up to the point where stage 0 asks to be saved, and saves the machine.
//!
//! The guest's RAM is a file that QEMU maps shared, so the file already holds the saved
//! RAM. QEMU writes only the state of CPU and devices (`x-ignore-shared`).

use std::ffi::OsStr;
use std::fs;
use std::os::fd::AsRawFd;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

use super::clock;
use super::cpu::CpuClaim;
use super::deadline::Deadline;
use super::elf;
use super::error::{Doing, VmError};
use super::guest_program;
use super::initrd;
use super::kernel::Kernel;
use super::letter::HostMailbox;
use super::qemu::{Qemu, Ram, arguments, memory_file};
use super::running::{Event, Vm};
use super::saved::STATE_FILE;
use crate::Progress;
use crate::init::STAGE0_ARGUMENT;
use crate::leash::Leash;
use crate::mailbox::{CAPACITY, GUEST_RAM};

/// Time limit of booting and saving: far beyond the need of a busy host (6 to 20 s).
const LIMIT: Duration = Duration::from_secs(300);

/// The guest's kernel command line.
///
/// The address space has the same layout at every boot, and the mailbox is not RAM. Of the
/// kernel's messages the console gets only the errors (`quiet`); a silent console costs
/// nothing.
pub(super) fn command_line() -> String {
    format!(
        "console=ttyS0 quiet panic=-1 reboot=t tsc=reliable mitigations=off nokaslr norandmaps \
         memmap={}M${}M rdinit=/init -- {STAGE0_ARGUMENT}",
        CAPACITY >> 20,
        GUEST_RAM >> 20
    )
}

/// Boots the kernel and saves the machine. Afterwards, the machine's
/// [`RAM_FILE`](super::saved::RAM_FILE) and [`STATE_FILE`] are in `folder`.
pub(super) fn boot_and_save(
    qemu: &Qemu,
    kernel: &Kernel,
    folder: &Path,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<(), VmError> {
    let deadline = Deadline::after(qemu.patience(LIMIT));
    let init = elf::loaded_part(&guest_program::find()?)?;
    let modules = kernel.modules()?;
    let initrd = memory_file(c"initrd")
        .and_then(|file| {
            file.write_all_at(&initrd::build(&init, &modules)?, 0)?;
            Ok(file)
        })
        .doing(|| "building the guest's initrd".into())?;
    let mailbox = HostMailbox::empty()?;
    let cpu = CpuClaim::new()?;
    let words = arguments([
        OsStr::new("-kernel"),
        kernel.image().as_os_str(),
        OsStr::new("-initrd"),
        OsStr::new(&format!("/proc/self/fd/{}", initrd.as_raw_fd())),
        OsStr::new("-append"),
        OsStr::new(&command_line()),
    ]);
    let mut vm = qemu.start(
        folder,
        Ram::InFile,
        mailbox.file(),
        &cpu,
        &words,
        &[&initrd],
        &Leash::default(),
    )?;
    vm.execute("qmp_capabilities", json!({}), deadline)?;
    vm.arrange(&cpu);
    wait_until_ready(&mut vm, "booting the guest", deadline, progress)?;
    progress(Progress::Doing("saving the booted machine"));
    save(&mut vm, folder, &mailbox, deadline)
}

/// Waits until the guest asks to be saved. It asks with pvpanic, at which QEMU pauses the
/// machine.
pub(super) fn wait_until_ready(
    vm: &mut Vm,
    during: &'static str,
    deadline: Deadline,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<(), VmError> {
    wait_for(vm, during, deadline, progress, |event| {
        event["event"] == "GUEST_PANICKED"
    })
}

fn set_clock_back(state: &Path, asked_at: u64) -> Result<(), VmError> {
    let doing = || "setting the saved machine's clock".to_owned();
    let mut bytes = fs::read(state).doing(doing)?;
    clock::set_back(&mut bytes, asked_at).map_err(|reason| VmError::Qemu {
        reason: reason.into(),
        log: String::new(),
    })?;
    fs::write(state, bytes).doing(doing)
}

/// Saves the state of a paused machine as [`STATE_FILE`] in `folder`, beside the machine's
/// RAM file.
pub(super) fn save(
    vm: &mut Vm,
    folder: &Path,
    mailbox: &HostMailbox,
    deadline: Deadline,
) -> Result<(), VmError> {
    vm.execute("migrate-set-capabilities", capabilities(), deadline)?;
    // `folder` is the working directory of QEMU and of the shell that it starts.
    vm.execute(
        "migrate",
        json!({"uri": format!("exec:cat > {STATE_FILE}")}),
        deadline,
    )?;
    wait_for_migration(vm, deadline)?;
    vm.execute("quit", json!({}), deadline)?;
    wait_for_exit(vm, deadline)?;
    let asked_at = mailbox
        .saved_at()
        .doing(|| "reading the guest's mailbox".into())?;
    set_clock_back(&folder.join(STATE_FILE), asked_at)
}

/// The migration capabilities for both saving and resuming: RAM in a shared file is left
/// out of the transfer, and the end of the transfer is an event.
pub(super) fn capabilities() -> Value {
    json!({"capabilities": [
        {"capability": "x-ignore-shared", "state": true},
        {"capability": "events", "state": true},
    ]})
}

/// Waits until QEMU has written or read the machine's state.
pub(super) fn wait_for_migration(vm: &mut Vm, deadline: Deadline) -> Result<(), VmError> {
    let mut failed = false;
    let during = "transferring the machine's state";
    wait_for(vm, during, deadline, &mut |_| {}, |event| {
        let status = &event["data"]["status"];
        failed = status == "failed";
        event["event"] == "MIGRATION" && (failed || status == "completed")
    })?;
    if failed {
        return Err(vm.failure("it could not transfer the machine's state".into()));
    }
    Ok(())
}

fn wait_for(
    vm: &mut Vm,
    during: &'static str,
    deadline: Deadline,
    progress: &mut dyn FnMut(Progress<'_>),
    mut wanted: impl FnMut(&Value) -> bool,
) -> Result<(), VmError> {
    loop {
        match vm.next_event(deadline)? {
            Event::Progress(line) => progress(Progress::Doing(&line)),
            Event::Qmp(event) if wanted(&event) => return Ok(()),
            Event::Qmp(_) => {}
            Event::Exited(_) if vm.is_cut() => {
                return Err(VmError::Cancelled {
                    partial_output: Vec::new(),
                });
            }
            Event::Exited(_) => {
                return Err(VmError::GuestDied {
                    during,
                    console: vm.console(),
                    log: vm.log(),
                    partial_output: Vec::new(),
                });
            }
            Event::DeadlinePassed => return Err(vm.stuck(during.into(), deadline)),
        }
    }
}

fn wait_for_exit(vm: &mut Vm, deadline: Deadline) -> Result<(), VmError> {
    loop {
        match vm.next_event(deadline)? {
            Event::Exited(Some(0)) => return Ok(()),
            Event::Exited(_) => return Err(vm.failure("it ended badly after saving".into())),
            Event::DeadlinePassed => {
                return Err(vm.stuck("qemu's end after saving".into(), deadline));
            }
            Event::Progress(_) | Event::Qmp(_) => {}
        }
    }
}
