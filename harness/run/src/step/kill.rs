use net::{Action, Match, RuleSpec};
use scenario::{Kill, PowerCut};

use super::super::executor::Executor;
use super::StepError;

/// The program is gone: its kernel closes the sockets, and ends associations
/// as it does for every program.
pub(super) async fn run(executor: &mut Executor<'_>, it: &Kill) -> Result<(), StepError> {
    executor.endpoint(&it.endpoint)?.die().await;
    Ok(())
}

/// The host is gone: what its kernel would say for its programs goes nowhere,
/// and nothing reaches it.
pub(super) async fn cut_power(executor: &mut Executor<'_>, it: &PowerCut) -> Result<(), StepError> {
    let node = it.node.as_str();
    let silent = Match {
        from: Some(node.to_owned()),
        ..Match::default()
    };
    let deaf = Match {
        to: Some(node.to_owned()),
        ..Match::default()
    };
    let rules = executor.powerless.entry(node.to_owned()).or_default();
    for frames in [silent, deaf] {
        rules.push(executor.network.add_first_rule(RuleSpec {
            frames,
            ..RuleSpec::new(it.to_string(), Action::Drop)
        })?);
    }
    for endpoint in executor.endpoints() {
        if endpoint.node() == node {
            endpoint.vanish().await?;
        }
    }
    executor.network.settle();
    Ok(())
}
