//! Tests of the layout: what follows from a plan, and plans that make no network.

use super::{Layout, PortId};
use crate::plan::{EndPlan, LinkPlan, NodePlan, Plan, PlanError, RoutePlan, Shape};

fn two_nodes(link: LinkPlan) -> Plan {
    Plan {
        nodes: vec![NodePlan::host("client"), NodePlan::host("server")],
        links: vec![link],
        ..Plan::default()
    }
}

fn link() -> LinkPlan {
    LinkPlan::new(
        "path-a",
        EndPlan::new("client", ["fd00::1/64".parse().unwrap()]),
        EndPlan::new("server", ["fd00::2/64".parse().unwrap()]),
    )
}

#[test]
fn a_shape_is_applied_at_the_end_that_it_leads_to() {
    let lossy = Shape {
        loss: 7.0,
        ..Shape::default()
    };
    let layout = Layout::of(two_nodes(LinkPlan {
        shape: [lossy, Shape::default()],
        ..link()
    }))
    .unwrap();
    assert_eq!(layout.end(0, 0).unwrap().shape, Shape::default());
    assert_eq!(layout.end(0, 1).unwrap().shape, lossy);
}

#[test]
fn every_port_is_found_by_its_far_index_and_has_a_hardware_address_of_its_own() {
    let layout = Layout::of(two_nodes(link())).unwrap();
    for port in &layout.ports {
        assert_eq!(PortId::at_far_index(port.far), Some(port.id));
    }
    assert_eq!(layout.ports[0].mac.to_string(), "02:00:00:00:00:01");
    assert_eq!(layout.ports[1].mac.to_string(), "02:00:00:00:00:02");
}

#[test]
fn a_plan_that_makes_no_network_says_why() {
    let cases = [
        (
            Plan {
                nodes: vec![NodePlan::host("a"), NodePlan::host("a")],
                ..Plan::default()
            },
            "two nodes are named `a`",
        ),
        (
            Plan {
                nodes: vec![NodePlan::host("")],
                ..Plan::default()
            },
            "a node has no name",
        ),
        (
            Plan {
                nodes: vec![NodePlan::host("client")],
                links: vec![link()],
                ..Plan::default()
            },
            "link `path-a` names the node `server`, which is not in the plan",
        ),
        (
            two_nodes(LinkPlan {
                ends: [EndPlan::new("client", []), EndPlan::new("client", [])],
                ..link()
            }),
            "link `path-a` joins node `client` to itself",
        ),
        (
            two_nodes(LinkPlan {
                mtu: Some(1279),
                ..link()
            }),
            "link `path-a` has an mtu of 1279: give 1280 to 65535",
        ),
        (
            two_nodes(link().shaped(Shape {
                loss: 101.0,
                ..Shape::default()
            })),
            "link `path-a` loses 101 % of its frames: give 0 to 100",
        ),
        (
            Plan {
                routes: vec![RoutePlan {
                    node: "nobody".into(),
                    to: "::/0".parse().unwrap(),
                    via: "fd00::2".parse().unwrap(),
                }],
                ..two_nodes(link())
            },
            "the route to ::/0 names the node `nobody`, which is not in the plan",
        ),
    ];
    for (plan, said) in cases {
        let error: PlanError = Layout::of(plan).unwrap_err();
        assert_eq!(error.to_string(), said);
    }
}
