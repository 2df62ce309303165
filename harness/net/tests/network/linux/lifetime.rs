//! What a network leaves alone, and what it leaves behind.

use std::{fs, thread};

use super::support::{Test, carrier, link, one_link, receive, run, tests, udp};
use super::witness::{Witness, namespace};
use net::{Direction, Network, Plan};
use nix::net::if_::if_nameindex;
use nix::sched::{CloneFlags, unshare};

pub(super) const TESTS: &[Test] = tests![
    a_dropped_network_is_gone,
    networks_with_the_same_names_do_not_meet,
    where_a_network_is_built_from_nothing_changes,
    interfaces_are_named_after_their_links,
];

async fn a_dropped_network_is_gone() {
    let witness = Witness::new();
    let network = Network::build(one_link()).await.unwrap();
    witness.tie("client", &namespace(&network, "client"));
    witness.tie("server", &namespace(&network, "server"));
    drop(network);
    // The fabric's task ends with its next turn.
    tokio::task::yield_now().await;
    witness.sees_the_end_of(&["client", "server"]);
}

async fn networks_with_the_same_names_do_not_meet() {
    let one = Network::build(one_link()).await.unwrap();
    let other = Network::build(one_link()).await.unwrap();
    one.cut("path-a", Direction::Both).unwrap();
    let from = udp(&other, "client", "10.0.1.1:7");
    let to = udp(&other, "server", "10.0.1.2:7");
    from.send_to(b"hello", "10.0.1.2:7").await.unwrap();
    assert_eq!(receive(&to).await.0, b"hello");
    assert!(one.finish().await.unwrap().records.is_empty());
    assert_eq!(other.finish().await.unwrap().records.len(), 2);
}

/// All that a network might disturb in the namespace that it is built from.
fn surroundings() -> (Vec<String>, Vec<String>) {
    let interfaces = if_nameindex()
        .unwrap()
        .iter()
        .map(|interface| format!("{interface:?}"))
        .collect();
    let files = [
        "/proc/thread-self/net/route",
        "/proc/thread-self/net/ipv6_route",
        "/proc/thread-self/net/arp",
        "/proc/sys/net/ipv4/ip_forward",
        "/proc/sys/net/ipv4/conf/all/rp_filter",
        "/proc/sys/net/ipv6/conf/all/forwarding",
        "/proc/sys/net/ipv6/conf/default/addr_gen_mode",
        "/proc/sys/net/ipv6/conf/default/disable_ipv6",
    ];
    (
        interfaces,
        files
            .iter()
            .map(|file| fs::read_to_string(file).unwrap_or_default())
            .collect(),
    )
}

async fn where_a_network_is_built_from_nothing_changes() {
    // A namespace of its own stands for the host's, which other programs may change during
    // the test.
    let host = || {
        unshare(CloneFlags::CLONE_NEWNET).unwrap();
        let before = surroundings();
        run(async {
            let mut plan = one_link();
            plan.nodes[0].forwarding = true;
            let network = Network::build(plan).await.unwrap();
            network.link_down("path-a", "client").unwrap();
            assert_eq!(surroundings(), before);
            network.finish().await.unwrap();
        });
        assert_eq!(surroundings(), before);
    };
    thread::scope(|scope| scope.spawn(host).join()).unwrap();
}

async fn interfaces_are_named_after_their_links() {
    let plan = Plan {
        links: vec![
            link("path-a", 1, "client", "server"),
            link("the way around the block", 2, "client", "server"),
        ],
        ..one_link()
    };
    let network = Network::build(plan).await.unwrap();
    for node in ["client", "server"] {
        assert_eq!(carrier(&network, node, "path-a"), Some(true));
        assert_eq!(carrier(&network, node, "thewayaro~1"), Some(true));
    }
    let capture = network.finish().await.unwrap();
    let named: Vec<_> = capture
        .interfaces
        .iter()
        .map(|interface| format!("{} {} {}", interface.node, interface.link, interface.name))
        .collect();
    assert_eq!(
        named,
        [
            "client path-a path-a",
            "server path-a path-a",
            "client the way around the block thewayaro~1",
            "server the way around the block thewayaro~1",
        ]
    );
}
