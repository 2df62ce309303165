//! A child that does not outlive the thread that started it.

#[cfg(target_os = "freebsd")]
mod freebsd;
#[cfg(target_os = "linux")]
mod linux;

#[cfg(target_os = "freebsd")]
pub(super) use freebsd::die_with_parent;
#[cfg(target_os = "linux")]
pub(super) use linux::die_with_parent;
