use engine::guest::{Role, job, perform, stage0};

/// Inside the emulated machine it does not return; elsewhere it does nothing.
pub(crate) fn become_it_if_inside() {
    match Role::of_this_process() {
        Some(Role::Stage0) => stage0(),
        Some(Role::Job) => job(perform),
        Some(Role::Uml) => engine::uml::inside(),
        None => {}
    }
}
