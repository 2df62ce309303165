//! The steps `add-route`, `remove-route` and `add-policy-route`.

use net::PolicyRoutePlan;
use scenario::{AddPolicyRoute, AddRoute, RemoveRoute};

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

pub(super) fn add_policy(
    executor: &mut Executor<'_>,
    it: &AddPolicyRoute,
) -> Result<(), StepError> {
    let route = PolicyRoutePlan {
        node: it.node.to_string(),
        from: it.from,
        via: it.via,
    };
    Ok(executor.network.add_policy_route(&route)?)
}
