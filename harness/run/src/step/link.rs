//! The steps that change links: `cut`, `restore`, `link-down`, `link-up`, `set-mtu`.

use net::Direction;
use scenario::{Cut, LinkDown, LinkUp, NodeName, Restore, SetMtu};

use super::super::executor::Executor;
use super::StepError;

pub(super) fn cut(executor: &mut Executor<'_>, it: &Cut) -> Result<(), StepError> {
    let direction = match &it.from {
        Some(node) => Direction::From(node.to_string()),
        None => Direction::Both,
    };
    Ok(executor.network.cut(it.link.as_str(), direction)?)
}

pub(super) fn restore(executor: &mut Executor<'_>, it: &Restore) -> Result<(), StepError> {
    Ok(executor
        .network
        .restore(it.link.as_str(), Direction::Both)?)
}

pub(super) fn down(executor: &mut Executor<'_>, it: &LinkDown) -> Result<(), StepError> {
    for node in ends(executor, &it.link, it.node.as_ref()) {
        executor.network.link_down(it.link.as_str(), &node)?;
    }
    Ok(())
}

pub(super) fn up(executor: &mut Executor<'_>, it: &LinkUp) -> Result<(), StepError> {
    for node in ends(executor, &it.link, it.node.as_ref()) {
        executor.network.link_up(it.link.as_str(), &node)?;
    }
    Ok(())
}

pub(super) fn set_mtu(executor: &mut Executor<'_>, it: &SetMtu) -> Result<(), StepError> {
    Ok(executor.network.set_mtu(it.link.as_str(), it.mtu)?)
}

fn ends(
    executor: &Executor<'_>,
    link: &scenario::LinkName,
    only: Option<&NodeName>,
) -> Vec<String> {
    match (only, executor.scenario.link(link)) {
        (Some(node), _) => vec![node.to_string()],
        (None, Some(link)) => link.ends.iter().map(|end| end.node.to_string()).collect(),
        (None, None) => Vec::new(),
    }
}
