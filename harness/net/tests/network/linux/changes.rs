//! Addresses, routes and settings that change while the network is up.

use super::support::{Test, hear_nothing, link, one_link, receive, tests, udp};
use net::{FrameRecord, Network, NodePlan, Plan, PolicyRoutePlan, RoutePlan, Sysctl, Way};

pub(super) const TESTS: &[Test] = tests![
    an_added_address_is_in_use_at_once,
    a_removed_address_takes_nothing_any_more,
    a_route_comes_and_goes,
    a_policy_route_is_for_one_source_address,
    of_two_policy_routes_the_later_one_decides,
    a_setting_is_of_its_node_alone,
    a_smaller_mtu_shortens_packets_until_it_is_the_planned_one_again,
    an_mtu_that_the_link_cannot_have_is_refused,
    what_is_no_setting_of_a_node_is_refused_in_words,
];

async fn an_added_address_is_in_use_at_once() {
    let network = Network::build(one_link()).await.unwrap();
    let asks = udp(&network, "client", "10.0.1.1:7");
    // The client tries the address before it exists, too: that must not matter later.
    asks.send_to(b"early", "10.0.1.9:7").await.unwrap();
    for (net, own, client) in [
        ("10.0.1.9/24", "10.0.1.9:7", "10.0.1.1:8"),
        ("fd01::9/64", "[fd01::9]:7", "[fd01::1]:8"),
    ] {
        let asks = udp(&network, "client", client);
        network
            .add_address("path-a", "server", net.parse().unwrap())
            .await
            .unwrap();
        let answers = udp(&network, "server", own);
        asks.send_to(b"ping", own).await.unwrap();
        assert_eq!(receive(&answers).await.0, b"ping");
    }
}

async fn a_removed_address_takes_nothing_any_more() {
    let network = Network::build(one_link()).await.unwrap();
    let asks = udp(&network, "client", "10.0.1.1:7");
    let answers = udp(&network, "server", "0.0.0.0:7");
    for (net, gone) in [("10.0.1.8/24", false), ("10.0.1.2/24", true)] {
        let net = net.parse().unwrap();
        if !gone {
            network.add_address("path-a", "server", net).await.unwrap();
            continue;
        }
        network.remove_address("path-a", "server", net).unwrap();
    }
    asks.send_to(b"ping", "10.0.1.2:7").await.unwrap();
    hear_nothing(&answers).await;
    // The other address of the same subnet still works.
    asks.send_to(b"ping", "10.0.1.8:7").await.unwrap();
    assert_eq!(receive(&answers).await.0, b"ping");
}

async fn a_route_comes_and_goes() {
    let network = Network::build(one_link()).await.unwrap();
    let asks = udp(&network, "client", "10.0.1.1:7");
    let route = RoutePlan {
        node: "client".into(),
        to: "10.9.0.0/16".parse().unwrap(),
        via: "10.0.1.2".parse().unwrap(),
    };
    asks.send_to(b"ping", "10.9.0.1:7").await.unwrap_err();
    network.add_route(&route).unwrap();
    asks.send_to(b"ping", "10.9.0.1:7").await.unwrap();
    network.remove_route(&route).unwrap();
    asks.send_to(b"ping", "10.9.0.1:7").await.unwrap_err();
    let error = network.remove_route(&route).unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot take the route to 10.9.0.0/16 via 10.0.1.2 from node `client`: \
         No such process (os error 3)"
    );
}

fn policy(from: &str, via: &str) -> PolicyRoutePlan {
    PolicyRoutePlan {
        node: "client".into(),
        from: from.parse().unwrap(),
        via: via.parse().unwrap(),
    }
}

async fn a_policy_route_is_for_one_source_address() {
    let network = Network::build(one_link()).await.unwrap();
    for (net, bound, others, via, far) in [
        (
            "10.0.1.8/24",
            "10.0.1.8:7",
            "10.0.1.1:7",
            "10.0.1.2",
            "10.9.0.1:7",
        ),
        (
            "fd01::8/64",
            "[fd01::8]:7",
            "[fd01::1]:7",
            "fd01::2",
            "[fd09::1]:7",
        ),
    ] {
        let net: ipnet::IpNet = net.parse().unwrap();
        network.add_address("path-a", "client", net).await.unwrap();
        let bound = udp(&network, "client", bound);
        let others = udp(&network, "client", others);
        bound.send_to(b"ping", far).await.unwrap_err();
        let route = policy(&net.addr().to_string(), via);
        network.add_policy_route(&route).unwrap();
        bound.send_to(b"ping", far).await.unwrap();
        others.send_to(b"ping", far).await.unwrap_err();
    }
    let error = network.add_policy_route(&policy("10.0.1.8", "10.0.7.7"));
    assert_eq!(
        error.unwrap_err().to_string(),
        "cannot give node `client` a route via 10.0.7.7 for packets from 10.0.1.8: \
         Network is unreachable (os error 101)"
    );
}

async fn of_two_policy_routes_the_later_one_decides() {
    let plan = Plan {
        nodes: ["client", "one", "other"].map(NodePlan::host).into(),
        links: vec![
            link("path-a", 1, "client", "one"),
            link("path-b", 2, "client", "other"),
        ],
        ..Plan::default()
    };
    let network = Network::build(plan).await.unwrap();
    let asks = udp(&network, "client", "10.0.1.1:7");
    for (node, at, via) in [
        ("one", "path-a", "10.0.1.2"),
        ("other", "path-b", "10.0.2.2"),
    ] {
        let far = "10.9.0.1/24".parse().unwrap();
        network.add_address(at, node, far).await.unwrap();
        let answers = udp(&network, node, "10.9.0.1:7");
        network.add_policy_route(&policy("10.0.1.1", via)).unwrap();
        asks.send_to(b"ping", "10.9.0.1:7").await.unwrap();
        assert_eq!(receive(&answers).await.0, b"ping");
    }
}

fn time_to_live(value: &str) -> Sysctl {
    Sysctl {
        name: "net.ipv4.ip_default_ttl".into(),
        value: value.into(),
    }
}

fn read_time_to_live(network: &Network, node: &str) -> String {
    let read = || std::fs::read_to_string("/proc/sys/net/ipv4/ip_default_ttl").unwrap();
    let text = network.node(node).unwrap().enter(read).unwrap();
    text.trim().to_owned()
}

async fn a_setting_is_of_its_node_alone() {
    let mut plan: Plan = one_link();
    plan.nodes[0].sysctls = vec![time_to_live("7")];
    let network = Network::build(plan).await.unwrap();
    assert_eq!(read_time_to_live(&network, "client"), "7");
    assert_eq!(read_time_to_live(&network, "server"), "64");
    network.set_sysctl("server", &time_to_live("9")).unwrap();
    assert_eq!(read_time_to_live(&network, "client"), "7");
    assert_eq!(read_time_to_live(&network, "server"), "9");
}

async fn what_is_no_setting_of_a_node_is_refused_in_words() {
    let network = Network::build(one_link()).await.unwrap();
    let refusal = |name: &str, value: &str| {
        let sysctl = Sysctl {
            name: name.into(),
            value: value.into(),
        };
        let refused = network.set_sysctl("client", &sysctl);
        refused.unwrap_err().to_string()
    };
    assert_eq!(
        refusal("kernel.hostname", "x"),
        "`kernel.hostname` is not a setting of a node: those begin with `net.`"
    );
    assert_eq!(
        refusal("net.ipv4.ip_default_ttl", "0"),
        "cannot set net.ipv4.ip_default_ttl to 0: Invalid argument (os error 22)"
    );
    assert_eq!(
        refusal("net.sctp.no_such_thing", "0"),
        "cannot set net.sctp.no_such_thing to 0: No such file or directory (os error 2)"
    );
}

/// The lengths of the IP packets that left the client.
fn sent_lengths(record: &FrameRecord) -> Vec<usize> {
    let sent = record.records.iter();
    sent.filter(|frame| (&*frame.node, frame.way) == ("client", Way::Out))
        .map(|frame| frame.bytes.len() - 14)
        .collect()
}

async fn a_smaller_mtu_shortens_packets_until_it_is_the_planned_one_again() {
    let network = Network::build(one_link()).await.unwrap();
    let client = udp(&network, "client", "10.0.1.1:7");
    let server = udp(&network, "server", "10.0.1.2:7");
    let long = [7; 1400];
    for mtu in [1300, 1400, 1500] {
        network.set_mtu("path-a", mtu).unwrap();
        client.send_to(&long, "10.0.1.2:7").await.unwrap();
        assert_eq!(receive(&server).await.0, long);
    }
    let record = network.finish().await.unwrap();
    // An IP header of 20 bytes, a UDP header of 8; fragments have multiples of 8 bytes.
    assert_eq!(sent_lengths(&record), [1300, 148, 1396, 52, 1428]);
}

async fn an_mtu_that_the_link_cannot_have_is_refused() {
    let network = Network::build(one_link()).await.unwrap();
    for (mtu, link, told) in [
        (
            1501,
            "path-a",
            "link `path-a` cannot have an mtu of 1501: give 1280 to 1500",
        ),
        (
            1279,
            "path-a",
            "link `path-a` cannot have an mtu of 1279: give 1280 to 1500",
        ),
        (1400, "path-b", "the network has no link `path-b`"),
    ] {
        let error = network.set_mtu(link, mtu).unwrap_err();
        assert_eq!(error.to_string(), told);
    }
}
