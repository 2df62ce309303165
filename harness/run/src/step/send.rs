use scenario::{Send, StepName};

use super::super::endpoint::Outgoing;
use super::super::executor::Executor;
use super::StepError;
use super::refusal::as_wanted;

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
        attributes: it.attributes.clone(),
        set_up: it.set_up,
    };
    for number in 1..=it.count {
        let sent = endpoint.send(&outgoing, number).await;
        as_wanted("sctp_sendv", sent, it.error.as_deref())?;
    }
    Ok(())
}
