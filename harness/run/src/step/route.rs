//! The steps `add-route` and `remove-route`.

use scenario::{AddRoute, RemoveRoute};

use super::super::executor::Executor;
use super::super::plan;
use super::StepError;

pub(super) fn add(executor: &mut Executor<'_>, it: &AddRoute) -> Result<(), StepError> {
    let route = plan::route(&it.node, &it.route);
    Ok(executor.network.add_route(&route)?)
}

pub(super) fn remove(executor: &mut Executor<'_>, it: &RemoveRoute) -> Result<(), StepError> {
    let route = plan::route(&it.node, &it.route);
    Ok(executor.network.remove_route(&route)?)
}
