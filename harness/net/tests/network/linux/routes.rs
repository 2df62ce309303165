//! Routers, the MTUs of links, and routes that cannot be.

use std::net::IpAddr;

use super::support::{Test, hear_nothing, link, one_link, receive, story, tests, udp};
use ipnet::IpNet;
use net::{LinkPlan, Network, NodePlan, Plan, RoutePlan};

pub(super) const TESTS: &[Test] = tests![
    a_router_forwards_both_families,
    a_host_in_the_middle_forwards_nothing,
    an_mtu_bounds_every_frame,
    a_route_over_nobody_is_refused_in_words,
];

fn route(node: &str, to: &str, via: &str) -> RoutePlan {
    RoutePlan {
        node: node.into(),
        to: to.parse::<IpNet>().unwrap(),
        via: via.parse::<IpAddr>().unwrap(),
    }
}

fn over_a_router() -> Plan {
    Plan {
        nodes: vec![
            NodePlan::host("client"),
            NodePlan::router("router"),
            NodePlan::host("server"),
        ],
        links: vec![
            link("west", 1, "client", "router"),
            link("east", 2, "router", "server"),
        ],
        routes: vec![
            route("client", "10.0.2.0/24", "10.0.1.2"),
            route("client", "::/0", "fd01::2"),
            route("server", "0.0.0.0/0", "10.0.2.1"),
            route("server", "fd01::/64", "fd02::1"),
        ],
        seed: None,
    }
}

async fn a_router_forwards_both_families() {
    let network = Network::build(over_a_router()).await.unwrap();
    for (client, server) in [("10.0.1.1:7", "10.0.2.2:7"), ("[fd01::1]:7", "[fd02::2]:7")] {
        let asks = udp(&network, "client", client);
        let answers = udp(&network, "server", server);
        asks.send_to(b"ping", server).await.unwrap();
        let (_, from) = receive(&answers).await;
        answers.send_to(b"pong", from).await.unwrap();
        receive(&asks).await;
    }
    let once = [
        "client out west: ping",
        "router in west: ping",
        "router out east: ping",
        "server in east: ping",
        "server out east: pong",
        "router in east: pong",
        "router out west: pong",
        "client in west: pong",
    ];
    assert_eq!(
        story(&network.finish().await.unwrap()),
        [once, once].concat()
    );
}

async fn a_host_in_the_middle_forwards_nothing() {
    let mut plan = over_a_router();
    plan.nodes[1] = NodePlan::host("router");
    let network = Network::build(plan).await.unwrap();
    let asks = udp(&network, "client", "10.0.1.1:7");
    let answers = udp(&network, "server", "10.0.2.2:7");
    asks.send_to(b"ping", "10.0.2.2:7").await.unwrap();
    hear_nothing(&answers).await;
    assert_eq!(
        story(&network.finish().await.unwrap()),
        ["client out west: ping", "router in west: ping"]
    );
}

async fn an_mtu_bounds_every_frame() {
    const ETHERNET: usize = 14;
    for (mtu, most) in [(Some(1280), 1280), (None, 1500), (Some(9000), 9000)] {
        let plan = one_link();
        let links = vec![LinkPlan {
            mtu,
            ..plan.links[0].clone()
        }];
        let network = Network::build(Plan { links, ..plan }).await.unwrap();
        let sends = udp(&network, "client", "[fd01::1]:7");
        let receives = udp(&network, "server", "[fd01::2]:7");
        let sent: Vec<u8> = (0..20_000_u32).map(|n| n.to_be_bytes()[3]).collect();
        sends.send_to(&sent, "[fd01::2]:7").await.unwrap();
        assert_eq!(receive(&receives).await.0, sent);

        let capture = network.finish().await.unwrap();
        let longest = capture
            .records
            .iter()
            .map(|record| record.bytes.len())
            .max();
        // Fragments end at multiples of 8 bytes (RFC 8200, section 4.5).
        let longest = longest.unwrap() - ETHERNET;
        assert!(longest <= most && longest > most - 8, "{longest} of {most}");
    }
}

async fn a_route_over_nobody_is_refused_in_words() {
    let mut plan = one_link();
    plan.routes = vec![route("client", "10.9.0.0/16", "10.8.0.1")];
    let error = Network::build(plan).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot give node `client` a route to 10.9.0.0/16 via 10.8.0.1: \
         Network is unreachable (os error 101)"
    );
}
