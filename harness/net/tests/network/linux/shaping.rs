//! Links with a delay, with random loss, with a rate.

use std::time::Duration;

use net::{FrameRecord, LinkPlan, Network, Plan, Shape, Way};
use tokio::net::UdpSocket;

use super::support::{Test, hear_nothing, link, one_link, receive, tests, udp};

pub(super) const TESTS: &[Test] = tests![
    a_delay_holds_one_way_only,
    a_total_loss_loses_one_way_only,
    a_rate_spaces_frames,
    a_full_queue_is_on_record,
    a_frame_too_long_for_its_new_mtu_is_no_fault_of_the_lab,
];

/// One link, shaped on the way from the client to the server.
pub(super) fn shaped(shape: Shape) -> Plan {
    let link = link("path-a", 1, "client", "server");
    Plan {
        links: vec![LinkPlan {
            shape: [shape, Shape::default()],
            ..link
        }],
        ..one_link()
    }
}

/// A network with this delay from the client to the server, and a socket at each end.
async fn delayed(delay: Duration) -> (Network, UdpSocket, UdpSocket) {
    let shape = Shape {
        delay,
        ..Shape::default()
    };
    let network = Network::build(shaped(shape)).await.unwrap();
    let client = udp(&network, "client", "10.0.1.1:7");
    let server = udp(&network, "server", "10.0.1.2:7");
    (network, client, server)
}

/// How long each frame of `node` that arrived was under way.
fn travel(capture: &FrameRecord, node: &str) -> Vec<Duration> {
    capture
        .records
        .iter()
        .filter(|record| (&*record.node, record.way) == (node, Way::Out))
        .filter_map(|sent| {
            let received = capture
                .records
                .iter()
                .find(|record| record.way == Way::In && record.bytes == sent.bytes)?;
            Some(Duration::from_nanos(received.at - sent.at))
        })
        .collect()
}

async fn a_delay_holds_one_way_only() {
    let delay = Duration::from_secs(1);
    let (network, client, server) = delayed(delay).await;
    client.send_to(b"there", "10.0.1.2:7").await.unwrap();
    receive(&server).await;
    server.send_to(b"back", "10.0.1.1:7").await.unwrap();
    receive(&client).await;

    let capture = network.finish().await.unwrap();
    let there = travel(&capture, "client");
    let back = travel(&capture, "server");
    // On a busy machine the frame comes much later, but never early.
    assert!(there[0] >= delay, "{there:?}");
    assert!(back[0] < delay, "{back:?}");
}

async fn a_total_loss_loses_one_way_only() {
    let network = Network::build(shaped(Shape {
        loss: 100.0,
        ..Shape::default()
    }))
    .await
    .unwrap();
    let client = udp(&network, "client", "10.0.1.1:7");
    let server = udp(&network, "server", "10.0.1.2:7");
    client.send_to(b"there", "10.0.1.2:7").await.unwrap();
    hear_nothing(&server).await;
    server.send_to(b"back", "10.0.1.1:7").await.unwrap();
    receive(&client).await;
}

async fn a_rate_spaces_frames() {
    // 1042 bytes a frame: 100 ms each.
    let network = Network::build(shaped(Shape {
        rate: Some(83_360),
        ..Shape::default()
    }))
    .await
    .unwrap();
    let client = udp(&network, "client", "10.0.1.1:7");
    let server = udp(&network, "server", "10.0.1.2:7");
    for n in 0..5 {
        client.send_to(&[n; 1000], "10.0.1.2:7").await.unwrap();
    }
    for _ in 0..5 {
        receive(&server).await;
    }
    let records = network.finish().await.unwrap().records;
    let first = records[0].at;
    let arrivals: Vec<_> = records
        .iter()
        .filter(|record| record.way == Way::In)
        .map(|record| Duration::from_nanos(record.at - first))
        .collect();
    assert_eq!(arrivals.len(), 5);
    // On a busy machine later, but never early.
    for (n, took) in (1_u32..).zip(&arrivals) {
        let least = n * Duration::from_millis(100);
        assert!(*took >= least - Duration::from_millis(1), "{arrivals:?}");
    }
}

async fn a_full_queue_is_on_record() {
    // Half a second a frame: however slow the machine, few leave the queue meanwhile.
    let network = Network::build(shaped(Shape {
        rate: Some(800),
        ..Shape::default()
    }))
    .await
    .unwrap();
    let client = udp(&network, "client", "10.0.1.1:7");
    for n in 0..1100_u32 {
        client
            .send_to(&n.to_be_bytes(), "10.0.1.2:7")
            .await
            .unwrap();
        tokio::task::yield_now().await;
    }
    let capture = network.finish().await.unwrap();
    let sent = capture
        .records
        .iter()
        .filter(|record| (&*record.node, record.way) == ("client", Way::Out));
    let (lost, taken): (Vec<_>, Vec<_>) = sent.partition(|record| record.fault.is_some());
    assert_eq!(lost.len() + taken.len(), 1100);
    assert!((1000..1010).contains(&taken.len()), "{}", taken.len());
    assert_eq!(
        lost[0].fault.as_ref().unwrap().to_string(),
        "dropped by `queue of path-a is full`"
    );
}

async fn a_frame_too_long_for_its_new_mtu_is_no_fault_of_the_lab() {
    let delay = Duration::from_millis(200);
    let (network, client, server) = delayed(delay).await;
    client.send_to(&[7; 1400], "10.0.1.2:7").await.unwrap();
    client.send_to(b"short", "10.0.1.2:7").await.unwrap();
    network.set_mtu("path-a", 1300).unwrap();
    assert_eq!(receive(&server).await.0, b"short");
    let record = network.finish().await.unwrap();
    assert!(record.records.iter().all(|frame| frame.fault.is_none()));
    let ways: Vec<Way> = record.records.iter().map(|frame| frame.way).collect();
    assert_eq!(ways, [Way::Out, Way::Out, Way::In]);
}
