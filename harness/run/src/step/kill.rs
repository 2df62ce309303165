//! The steps `kill` and `power-cut`.

use rules::{Action, Match, Rule};
use scenario::{Kill, PowerCut};

use super::super::executor::Executor;
use super::StepError;

/// Ends an endpoint as the kernel ends a program that is gone: closes its sockets, by which
/// the kernel ends its associations.
pub(super) async fn run(executor: &mut Executor<'_>, it: &Kill) -> Result<(), StepError> {
    executor.endpoint(&it.endpoint)?.die().await;
    Ok(())
}

/// Takes the host away: packets that its kernel sends for its programs are dropped, and so
/// are packets to the host.
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
        rules.push(executor.network.add_first_rule(Rule {
            frames,
            ..Rule::new(it.to_string(), Action::Drop)
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
