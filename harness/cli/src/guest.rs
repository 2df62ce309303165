use engine::guest::{Role, job, perform, stage0};

/// Inside the emulated machine.
pub(crate) fn become_it(role: Role) -> ! {
    match role {
        Role::Stage0 => stage0(),
        Role::Job => job(perform),
    }
}
