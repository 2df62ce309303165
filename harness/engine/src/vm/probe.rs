//! Probes the `vm` engine on this machine. Nothing is changed but notes in the cache.

use super::apt::Apt;
use super::cache::Cache;
use super::error::VmError;
use super::guest_program;
use super::kernel::Kernel;
use super::provision::{cached_kernel, installed_kernel, kernel_remedy, qemu_remedy};
use super::qemu::Qemu;

/// The parts of the `vm` engine on this machine.
#[derive(Debug)]
pub struct Parts {
    /// The QEMU on `PATH`, or the error with its remedy.
    pub qemu: Result<Qemu, VmError>,
    /// The kernel that would be booted, or the error with its remedy.
    pub kernel: Result<Kernel, VmError>,
    /// Why there is no program for the guest; `None` if there is one.
    pub no_program: Option<VmError>,
    /// Whether the lab could get the missing parts by itself.
    pub can_provision: bool,
}

impl Parts {
    /// Whether a run would start now, or after provisioning.
    pub fn is_usable(&self) -> bool {
        let has_parts = self.qemu.is_ok() && self.kernel.is_ok();
        self.no_program.is_none() && (has_parts || self.can_provision)
    }
}

/// Looks for QEMU, a kernel, and the program for the guest.
pub fn probe(cache: &Cache) -> Parts {
    let apt = Apt::find();
    let qemu = Qemu::find().ok_or_else(|| VmError::NoQemu {
        reason: "it is not on PATH".into(),
        remedy: qemu_remedy(),
    });
    let kernel = cached_kernel(cache)
        .or_else(|| installed_kernel(cache))
        .ok_or_else(|| VmError::NoKernel {
            reason: format!("neither in {} nor in /boot", cache.root().display()),
            remedy: kernel_remedy(),
        });
    let can_provision = match apt {
        // Fetching a kernel takes no root, but installing QEMU does.
        Some(apt) => apt.is_root() || qemu.is_ok(),
        None => false,
    };
    Parts {
        qemu,
        kernel,
        no_program: guest_program::find().err(),
        can_provision,
    }
}
