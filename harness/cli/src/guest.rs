//! The roles of this binary inside an emulated machine.

use engine::guest::{Role, job, perform, stage0};

/// Does the work of this process inside an emulated machine, and does not return. In any
/// other process it does nothing.
pub(crate) fn become_it_if_inside() {
    match Role::of_this_process() {
        Some(Role::Stage0) => stage0(),
        Some(Role::Job) => job(perform),
        Some(Role::Uml) => engine::uml::inside(),
        None => {}
    }
}
