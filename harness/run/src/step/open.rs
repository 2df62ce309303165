//! The step `open`.

use std::rc::Rc;

use scenario::Open;

use super::super::executor::Executor;
use super::StepError;

pub(super) fn run(executor: &mut Executor<'_>, it: &Open) -> Result<(), StepError> {
    let endpoint = Rc::clone(executor.endpoint(&it.endpoint)?);
    for rule in executor
        .powerless
        .remove(endpoint.node())
        .unwrap_or_default()
    {
        executor.network.remove_rule(rule)?;
    }
    Ok(endpoint.open(&executor.network)?)
}
