//! The step `set-sysctl`.

use scenario::SetSysctl;

use super::super::executor::Executor;
use super::super::plan;
use super::StepError;

pub(super) fn run(executor: &mut Executor<'_>, it: &SetSysctl) -> Result<(), StepError> {
    let node = it.node.as_str();
    for sysctl in it.sysctls.iter().map(plan::sysctl) {
        executor.network.set_sysctl(node, &sysctl)?;
    }
    Ok(())
}
