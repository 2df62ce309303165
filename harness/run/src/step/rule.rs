use scenario::{AddRule, Nth, RemoveRule, RuleVerdict};

use super::super::executor::Executor;
use super::StepError;

pub(super) fn add(executor: &mut Executor<'_>, it: &AddRule) -> Result<(), StepError> {
    let rule = executor.network.add_rule(net::RuleSpec {
        name: it.name.to_string(),
        frames: net::Match {
            on: it.on.as_ref().map(ToString::to_string),
            from: it.from.as_ref().map(ToString::to_string),
            chunk: it.chunk,
        },
        nth: match it.nth {
            Nth::Every => net::Nth::Every,
            Nth::Only(n) => net::Nth::Nth(n),
            Nth::EachNth(n) => net::Nth::EveryNth(n),
            Nth::First(n) => net::Nth::Until(n),
        },
        action: match it.verdict {
            RuleVerdict::Pass => net::Action::Pass,
            RuleVerdict::Drop => net::Action::Drop,
        },
    })?;
    executor.rules.insert(it.name.clone(), rule);
    Ok(())
}

pub(super) fn remove(executor: &mut Executor<'_>, it: &RemoveRule) -> Result<(), StepError> {
    if let Some(rule) = executor.rules.remove(&it.rule) {
        executor.network.remove_rule(rule)?;
    }
    Ok(())
}
