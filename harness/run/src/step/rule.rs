//! The steps `rule` and `remove-rule`.

use scenario::{AddRule, RemoveRule};

use super::super::executor::Executor;
use super::StepError;

pub(super) fn add(executor: &mut Executor<'_>, it: &AddRule) -> Result<(), StepError> {
    let rule = executor.network.add_rule(it.rule.clone())?;
    executor.rules.insert(it.name.clone(), rule);
    Ok(())
}

pub(super) fn remove(executor: &mut Executor<'_>, it: &RemoveRule) -> Result<(), StepError> {
    if let Some(rule) = executor.rules.remove(&it.rule) {
        executor.network.remove_rule(rule)?;
    }
    Ok(())
}
