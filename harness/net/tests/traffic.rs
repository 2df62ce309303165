//! Frames that nothing happens to.
#![cfg(target_os = "linux")]

mod common;

use common::{one_link, receive, story, udp};
use net::Network;

#[tokio::test]
async fn two_nodes_talk_over_both_families_and_every_frame_is_seen_at_both_ends() {
    let network = Network::build(one_link()).await.unwrap();
    for (client, server) in [("10.0.1.1:7", "10.0.1.2:7"), ("[fd01::1]:7", "[fd01::2]:7")] {
        let asks = udp(&network, "client", client);
        let answers = udp(&network, "server", server);
        asks.send_to(b"ping", server).await.unwrap();
        let (said, from) = receive(&answers).await;
        assert_eq!(
            (said.as_slice(), from),
            (&b"ping"[..], client.parse().unwrap())
        );
        answers.send_to(b"pong", from).await.unwrap();
        assert_eq!(receive(&asks).await.0, b"pong");
    }
    let once = [
        "client out path-a: ping",
        "server in path-a: ping",
        "server out path-a: pong",
        "client in path-a: pong",
    ];
    assert_eq!(
        story(&network.finish().await.unwrap()),
        [once, once].concat()
    );
}
