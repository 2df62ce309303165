use net::{Action, Match, RuleSpec};
use scenario::Kill;

use super::super::executor::Executor;
use super::StepError;

/// A kernel says goodbye for a program that is gone. A host that has lost its
/// power does not, and nor does the host of a user-space stack that was
/// killed: what leaves the node while its sockets are closed goes nowhere.
pub(super) async fn run(executor: &mut Executor<'_>, it: &Kill) -> Result<(), StepError> {
    let endpoint = executor.endpoint(&it.endpoint)?;
    let goodbye = executor.network.add_first_rule(RuleSpec {
        frames: Match {
            from: Some(endpoint.node().to_owned()),
            ..Match::default()
        },
        ..RuleSpec::new(it.to_string(), Action::Drop)
    })?;
    endpoint.vanish().await?;
    executor.network.settle();
    Ok(executor.network.remove_rule(goodbye)?)
}
