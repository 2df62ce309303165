//! The names and the value on which the host and the guest's init must agree.

/// The argument that makes the lab's program the guest's first stage.
pub(crate) const STAGE0_ARGUMENT: &str = "stage0";
/// The folder of the modules in the initrd. Their names sort in loading order.
pub(crate) const MODULES_FOLDER: &str = "modules";
/// The value that a guest writes to the debug-exit port to end QEMU.
pub(crate) const POWER_OFF_VALUE: u8 = 0x31;
