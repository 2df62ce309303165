//! Cuts, unplugged links, and rules.

use std::num::NonZeroU64;

use super::support::{Test, carrier, hear_nothing, link, one_link, receive, story, tests, udp};
use net::{Direction, NetError, Network, Plan};
use rules::{Action, Match, Nth, Rule};
use tokio::net::UdpSocket;

pub(super) const TESTS: &[Test] = tests![
    a_cut_is_silent_and_marked_until_it_is_restored,
    a_link_cut_one_way_carries_the_other,
    restoring_one_way_of_a_cut_leaves_the_other_cut,
    a_cut_touches_no_other_link,
    a_link_that_is_down_at_one_node_takes_that_nodes_carrier,
    a_rule_takes_the_frame_whose_turn_it_is,
    the_first_rule_that_fits_decides,
    a_fault_spares_what_was_sent_before_it_and_takes_what_was_sent_before_its_end,
    a_first_rule_takes_what_is_sent_between_it_and_its_removal,
    what_is_not_in_the_network_is_named,
];

/// Sends `said`, which must arrive.
async fn comes_through(from: &UdpSocket, to: &UdpSocket, said: &str) {
    from.send_to(said.as_bytes(), to.local_addr().unwrap())
        .await
        .unwrap();
    assert_eq!(receive(to).await.0, said.as_bytes());
}

/// Sends `said`, without its sender noticing that it gets lost.
async fn gets_lost(from: &UdpSocket, to: &UdpSocket, said: &str) {
    from.send_to(said.as_bytes(), to.local_addr().unwrap())
        .await
        .unwrap();
    hear_nothing(to).await;
}

async fn a_cut_is_silent_and_marked_until_it_is_restored() {
    let network = Network::build(one_link()).await.unwrap();
    let client = udp(&network, "client", "[fd01::1]:7");
    let server = udp(&network, "server", "[fd01::2]:7");

    comes_through(&client, &server, "one").await;
    network.cut("path-a", Direction::Both).unwrap();
    gets_lost(&client, &server, "two").await;
    gets_lost(&server, &client, "three").await;
    assert_eq!(carrier(&network, "client", "path-a"), Some(true));
    network.restore("path-a", Direction::Both).unwrap();
    comes_through(&client, &server, "four").await;

    let capture = network.finish().await.unwrap();
    assert_eq!(
        story(&capture),
        [
            "client out path-a: one",
            "server in path-a: one",
            "client out path-a: two, dropped by `cut path-a`",
            "server out path-a: three, dropped by `cut path-a`",
            "client out path-a: four",
            "server in path-a: four",
        ]
    );
    let taken: Vec<_> = capture
        .rules
        .iter()
        .map(|rule| (rule.rule.name.as_str(), rule.taken))
        .collect();
    assert_eq!(taken, [("cut path-a", 1), ("cut path-a", 1)]);
}

/// Sends `said` without letting the fabric do anything.
async fn leaves(from: &UdpSocket, to: &UdpSocket, said: &str) {
    from.writable().await.unwrap();
    from.try_send_to(said.as_bytes(), to.local_addr().unwrap())
        .unwrap();
}

async fn a_fault_spares_what_was_sent_before_it_and_takes_what_was_sent_before_its_end() {
    let network = Network::build(one_link()).await.unwrap();
    let client = udp(&network, "client", "[fd01::1]:7");
    let server = udp(&network, "server", "[fd01::2]:7");

    leaves(&client, &server, "before the rule").await;
    let rule = network.add_rule(Rule::new("later", Action::Drop)).unwrap();
    leaves(&client, &server, "under the rule").await;
    network.remove_rule(rule).unwrap();
    leaves(&client, &server, "before the cut").await;
    network.cut("path-a", Direction::Both).unwrap();
    leaves(&client, &server, "behind the cut").await;
    network.restore("path-a", Direction::Both).unwrap();
    for said in ["before the rule", "before the cut"] {
        assert_eq!(receive(&server).await.0, said.as_bytes());
    }
    hear_nothing(&server).await;

    let capture = network.finish().await.unwrap();
    let sent: Vec<String> = story(&capture)
        .into_iter()
        .filter(|line| line.starts_with("client out"))
        .collect();
    assert_eq!(
        sent,
        [
            "client out path-a: before the rule",
            "client out path-a: under the rule, dropped by `later`",
            "client out path-a: before the cut",
            "client out path-a: behind the cut, dropped by `cut path-a`",
        ]
    );
}

async fn a_link_cut_one_way_carries_the_other() {
    let network = Network::build(one_link()).await.unwrap();
    let client = udp(&network, "client", "10.0.1.1:7");
    let server = udp(&network, "server", "10.0.1.2:7");

    network
        .cut("path-a", Direction::From("client".into()))
        .unwrap();
    gets_lost(&client, &server, "there").await;
    comes_through(&server, &client, "back").await;

    assert_eq!(
        story(&network.finish().await.unwrap()),
        [
            "client out path-a: there, dropped by `cut path-a from client`",
            "server out path-a: back",
            "client in path-a: back",
        ]
    );
}

async fn restoring_one_way_of_a_cut_leaves_the_other_cut() {
    let network = Network::build(one_link()).await.unwrap();
    let client = udp(&network, "client", "10.0.1.1:7");
    let server = udp(&network, "server", "10.0.1.2:7");

    network.cut("path-a", Direction::Both).unwrap();
    network.cut("path-a", Direction::Both).unwrap();
    network
        .restore("path-a", Direction::From("client".into()))
        .unwrap();
    comes_through(&client, &server, "there").await;
    gets_lost(&server, &client, "back").await;
}

async fn a_cut_touches_no_other_link() {
    let mut plan = one_link();
    plan.links.push(link("path-b", 2, "client", "server"));
    let network = Network::build(plan).await.unwrap();
    network.cut("path-a", Direction::Both).unwrap();
    comes_through(
        &udp(&network, "client", "10.0.2.1:7"),
        &udp(&network, "server", "10.0.2.2:7"),
        "over the other",
    )
    .await;
}

async fn a_link_that_is_down_at_one_node_takes_that_nodes_carrier() {
    let network = Network::build(one_link()).await.unwrap();
    let client = udp(&network, "client", "10.0.1.1:7");
    let server = udp(&network, "server", "10.0.1.2:7");

    network.link_down("path-a", "client").unwrap();
    assert_eq!(carrier(&network, "client", "path-a"), Some(false));
    assert_eq!(carrier(&network, "server", "path-a"), Some(true));
    gets_lost(&server, &client, "to nobody").await;
    gets_lost(&client, &server, "from nobody").await;

    network.link_up("path-a", "client").unwrap();
    assert_eq!(carrier(&network, "client", "path-a"), Some(true));
    comes_through(&server, &client, "to somebody").await;
    comes_through(
        &udp(&network, "server", "[fd01::2]:7"),
        &udp(&network, "client", "[fd01::1]:7"),
        "and over IPv6",
    )
    .await;

    // Without carrier, a kernel does not even try: nothing went out.
    assert_eq!(
        story(&network.finish().await.unwrap()),
        [
            "server out path-a: to nobody, dropped by `link path-a is down at client`",
            "server out path-a: to somebody",
            "client in path-a: to somebody",
            "server out path-a: and over IPv6",
            "client in path-a: and over IPv6",
        ]
    );
}

async fn a_rule_takes_the_frame_whose_turn_it_is() {
    let network = Network::build(one_link()).await.unwrap();
    let client = udp(&network, "client", "10.0.1.1:7");
    let server = udp(&network, "server", "10.0.1.2:7");
    let rule = network
        .add_rule(Rule {
            frames: Match {
                on: Some("path-a".into()),
                from: Some("client".into()),
                ..Match::default()
            },
            nth: Nth::Only(NonZeroU64::new(2).unwrap()),
            ..Rule::new("the second", Action::Drop)
        })
        .unwrap();

    comes_through(&client, &server, "one").await;
    comes_through(&server, &client, "not counted").await;
    gets_lost(&client, &server, "two").await;
    comes_through(&client, &server, "three").await;
    network.remove_rule(rule).unwrap();
    assert!(matches!(
        network.remove_rule(rule),
        Err(NetError::UnknownRule)
    ));
    comes_through(&client, &server, "not counted either").await;

    let counts = network.rule_counts();
    assert_eq!((counts[0].matched, counts[0].taken), (3, 1));
    let faults: Vec<_> = story(&network.finish().await.unwrap())
        .into_iter()
        .filter(|line| line.contains("dropped"))
        .collect();
    assert_eq!(faults, ["client out path-a: two, dropped by `the second`"]);
}

async fn the_first_rule_that_fits_decides() {
    let network = Network::build(one_link()).await.unwrap();
    let client = udp(&network, "client", "10.0.1.1:7");
    let server = udp(&network, "server", "10.0.1.2:7");
    for (name, nth, action) in [
        ("spare the first", Nth::First(NonZeroU64::MIN), Action::Pass),
        ("take all", Nth::Every, Action::Drop),
    ] {
        network
            .add_rule(Rule {
                nth,
                ..Rule::new(name, action)
            })
            .unwrap();
    }
    comes_through(&client, &server, "one").await;
    gets_lost(&client, &server, "two").await;
    let counts: Vec<_> = network
        .rule_counts()
        .iter()
        .map(|rule| (rule.matched, rule.taken))
        .collect();
    assert_eq!(counts, [(2, 1), (1, 1)]);
}

async fn a_first_rule_takes_what_is_sent_between_it_and_its_removal() {
    let network = Network::build(one_link()).await.unwrap();
    let client = udp(&network, "client", "[fd01::1]:7");
    let server = udp(&network, "server", "[fd01::2]:7");
    let to = server.local_addr().unwrap();
    comes_through(&client, &server, "one").await;

    // Nothing is awaited from here on, so that the fabric handles no frame before it is
    // asked to.
    client.try_send_to(b"two", to).unwrap();
    let rule = network
        .add_first_rule(Rule {
            frames: Match {
                from: Some("client".to_owned()),
                ..Match::default()
            },
            ..Rule::new("quiet", Action::Drop)
        })
        .unwrap();
    client.try_send_to(b"three", to).unwrap();
    network.settle();
    network.remove_rule(rule).unwrap();
    client.try_send_to(b"four", to).unwrap();
    assert_eq!(receive(&server).await.0, b"two");
    assert_eq!(receive(&server).await.0, b"four");

    let capture = network.finish().await.unwrap();
    let sent: Vec<String> = story(&capture)
        .into_iter()
        .filter(|line| line.starts_with("client out"))
        .collect();
    assert_eq!(
        sent,
        [
            "client out path-a: one",
            "client out path-a: two",
            "client out path-a: three, dropped by `quiet`",
            "client out path-a: four",
        ]
    );
}

async fn what_is_not_in_the_network_is_named() {
    let network = Network::build(Plan {
        nodes: vec![
            net::NodePlan::host("client"),
            net::NodePlan::host("server"),
            net::NodePlan::host("elsewhere"),
        ],
        ..one_link()
    })
    .await
    .unwrap();
    let cut = |link, direction| network.cut(link, direction).unwrap_err().to_string();
    assert_eq!(
        cut("path-b", Direction::Both),
        "the network has no link `path-b`"
    );
    assert_eq!(
        cut("path-a", Direction::From("nobody".into())),
        "the network has no node `nobody`"
    );
    assert_eq!(
        cut("path-a", Direction::From("elsewhere".into())),
        "link `path-a` has no end at node `elsewhere`"
    );
}
