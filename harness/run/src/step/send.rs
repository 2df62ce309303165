use scenario::{Send, StepName};

use super::super::endpoint::Outgoing;
use super::super::executor::Executor;
use super::StepError;

pub(super) async fn run(
    executor: &mut Executor<'_>,
    step: &StepName,
    it: &Send,
) -> Result<(), StepError> {
    let endpoint = executor.endpoint(&it.from)?;
    let outgoing = Outgoing {
        to: it.to.clone(),
        step: step.clone(),
        size: it.size,
        stream: it.stream,
        ppid: it.ppid,
        unordered: it.unordered,
    };
    for number in 1..=it.count {
        endpoint.send(&outgoing, number).await?;
    }
    Ok(())
}
