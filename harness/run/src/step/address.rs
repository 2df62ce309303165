//! The steps that add addresses to endpoints and interfaces, and take them away.

use scenario::{AddAddress, AddInterfaceAddress, DeleteAddress, RemoveInterfaceAddress};

use super::super::executor::Executor;
use super::StepError;

pub(super) fn add(executor: &mut Executor<'_>, it: &AddAddress) -> Result<(), StepError> {
    executor.endpoint(&it.at)?.add_address(it.address)
}

pub(super) fn delete(executor: &mut Executor<'_>, it: &DeleteAddress) -> Result<(), StepError> {
    executor.endpoint(&it.at)?.delete_address(it.address)
}

pub(super) async fn add_to_interface(
    executor: &mut Executor<'_>,
    it: &AddInterfaceAddress,
) -> Result<(), StepError> {
    let (link, node) = (it.link.as_str(), it.node.as_str());
    Ok(executor.network.add_address(link, node, it.address).await?)
}

pub(super) fn remove_from_interface(
    executor: &mut Executor<'_>,
    it: &RemoveInterfaceAddress,
) -> Result<(), StepError> {
    let (link, node) = (it.link.as_str(), it.node.as_str());
    Ok(executor.network.remove_address(link, node, it.address)?)
}
