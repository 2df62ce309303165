//! What host and guest call the parts of the guest's init.

/// The argument that makes the lab's program the guest's first stage.
pub(crate) const STAGE0_ARGUMENT: &str = "stage0";
/// Where the initrd holds the modules, named so that sorting gives the order.
pub(crate) const MODULES_FOLDER: &str = "modules";
