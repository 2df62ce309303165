//! Converts the network of a scenario to a plan of the network layer.

use net::{EndPlan, LinkPlan, NodePlan, Plan, RoutePlan, Shape, Sysctl};
use scenario::{NodeName, Route, Scenario};

use super::remote::Elsewhere;
use super::stack::StackFile;

pub(crate) fn of(
    scenario: &Scenario,
    stack: Option<&StackFile>,
    elsewhere: Option<&Elsewhere>,
    seed: Option<u64>,
) -> Plan {
    // A stack that replaces the kernel does not read the kernel's sysctls.
    let is_stack = |node: &NodeName| {
        stack.is_some_and(|it| it.is_on(scenario, node))
            || elsewhere.is_some() && Elsewhere::is_on(scenario, node)
    };
    Plan {
        nodes: scenario
            .nodes
            .iter()
            .map(|node| NodePlan {
                name: node.name.to_string(),
                forwarding: node.router,
                sysctls: match is_stack(&node.name) {
                    true => Vec::new(),
                    false => node.sysctls.iter().map(sysctl).collect(),
                },
                hosted: scenario.is_hosted(&node.name) || is_stack(&node.name),
            })
            .collect(),
        links: scenario
            .links
            .iter()
            .map(|link| LinkPlan {
                name: link.name.to_string(),
                ends: link.ends.clone().map(|end| EndPlan {
                    node: end.node.to_string(),
                    addresses: end.addresses,
                }),
                shape: link.shape.clone().map(shape),
                mtu: Some(link.mtu),
            })
            .collect(),
        routes: scenario
            .nodes
            .iter()
            .flat_map(|node| node.routes.iter().map(|it| route(&node.name, it)))
            .collect(),
        seed,
    }
}

pub(crate) fn route(node: &NodeName, it: &Route) -> RoutePlan {
    RoutePlan {
        node: node.to_string(),
        to: it.to,
        via: it.via,
    }
}

pub(crate) fn sysctl(it: &scenario::Sysctl) -> Sysctl {
    Sysctl {
        name: it.name.to_owned(),
        value: it.value.to_string(),
    }
}

fn shape(shape: scenario::Shape) -> Shape {
    Shape {
        delay: shape.delay,
        jitter: shape.jitter,
        loss: shape.loss,
        rate: shape.rate,
    }
}
