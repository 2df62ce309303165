//! What only some kernels can: shaping, and SCTP itself.
//!
//! Where the kernel cannot, a test is shown as ignored; where `SCTP_LAB_REQUIRE`
//! names `native`, it fails instead.
#![allow(clippy::unwrap_used, reason = "test code")]

#[cfg(target_os = "linux")]
mod common;

#[cfg(target_os = "linux")]
mod linux {
    use std::time::Duration;

    use libtest_mimic::{Arguments, Failed, Trial};
    use net::{Capture, LinkPlan, NetError, Network, Plan, Shape, Way};
    use socket2::{Domain, Protocol, Socket, Type};
    use wire::{Checksum, ChunkType, Frame, Packet};

    use crate::common::{hear_nothing, link, one_link, receive, udp};

    const SCTP: i32 = 132;

    pub(crate) fn main() {
        let netem = run(has_netem());
        let sctp = Socket::new(Domain::IPV4, Type::STREAM, Some(Protocol::from(SCTP))).is_ok();
        let tests = vec![
            given(
                netem,
                "netem",
                "a_delay_holds_one_way_only",
                || run(delay()),
            ),
            given(netem, "netem", "a_total_loss_loses_one_way_only", || {
                run(loss())
            }),
            given(netem, "netem", "a_rate_spaces_frames", || run(rate())),
            given(netem, "netem", "a_full_queue_is_on_record", || run(queue())),
            given(sctp, "sctp", "sctp_leaves_with_good_checksums", || {
                run(checksums())
            }),
        ];
        libtest_mimic::run(&Arguments::from_args(), tests).exit();
    }

    fn given(
        there: bool,
        what: &'static str,
        name: &str,
        test: impl FnOnce() + Send + 'static,
    ) -> Trial {
        let required = std::env::var("SCTP_LAB_REQUIRE").unwrap_or_default();
        let required = required.split(',').any(|engine| engine == "native");
        Trial::test(name, move || {
            if !there {
                return Err(Failed::from(format!("this kernel has no {what}")));
            }
            test();
            Ok(())
        })
        .with_ignored_flag(!there && !required)
    }

    fn run<T>(act: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap()
            .block_on(act)
    }

    /// One link, shaped on the way from the client to the server.
    fn shaped(shape: Shape) -> Plan {
        let link = link("path-a", 1, "client", "server");
        Plan {
            links: vec![LinkPlan {
                shape: [shape, Shape::default()],
                ..link
            }],
            ..one_link()
        }
    }

    async fn has_netem() -> bool {
        let delay = Duration::from_millis(1);
        let plan = shaped(Shape {
            delay,
            ..Shape::default()
        });
        match Network::build(plan).await {
            Ok(_) => true,
            Err(NetError::NoShaping { .. }) => false,
            Err(error) => panic!("{error}"),
        }
    }

    /// How long each frame of `node` that arrived was under way.
    fn travel(capture: &Capture, node: &str) -> Vec<Duration> {
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

    async fn delay() {
        let delay = Duration::from_millis(300);
        let network = Network::build(shaped(Shape {
            delay,
            ..Shape::default()
        }))
        .await
        .unwrap();
        let client = udp(&network, "client", "10.0.1.1:7");
        let server = udp(&network, "server", "10.0.1.2:7");
        client.send_to(b"there", "10.0.1.2:7").await.unwrap();
        receive(&server).await;
        server.send_to(b"back", "10.0.1.1:7").await.unwrap();
        receive(&client).await;

        let capture = network.finish().await.unwrap();
        let there = travel(&capture, "client");
        let back = travel(&capture, "server");
        // Late by a busy machine's leave, but never early.
        assert!(there[0] >= delay && there[0] < 2 * delay, "{there:?}");
        assert!(back[0] < delay, "{back:?}");
    }

    async fn loss() {
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

    async fn rate() {
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
        let travel = travel(&network.finish().await.unwrap(), "client");
        for (n, took) in (1_u32..).zip(&travel) {
            let least = n * Duration::from_millis(100);
            assert!(
                *took >= least - Duration::from_millis(1)
                    && *took < least + Duration::from_millis(300),
                "{travel:?}"
            );
        }
    }

    async fn queue() {
        let network = Network::build(shaped(Shape {
            rate: Some(8_000),
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

    async fn checksums() {
        for (client, server) in [("10.0.1.1:7", "10.0.1.2:7"), ("[fd01::1]:7", "[fd01::2]:7")] {
            let network = Network::build(one_link()).await.unwrap();
            let open = |address: &str| {
                let address: std::net::SocketAddr = address.parse().unwrap();
                let kind = Type::STREAM.nonblocking();
                let socket =
                    Socket::new(Domain::for_address(address), kind, Some(SCTP.into())).unwrap();
                socket.bind(&address.into()).unwrap();
                socket
            };
            let listener = network.node("server").unwrap();
            let listener = listener.enter(|| open(server)).unwrap();
            listener.listen(1).unwrap();
            let server: std::net::SocketAddr = server.parse().unwrap();
            let caller = network.node("client").unwrap();
            let caller = caller.enter(|| open(client)).unwrap();
            // In progress; nothing is sent by it but SCTP's own packets.
            assert!(caller.connect(&server.into()).is_err());
            let caller: tokio::net::TcpStream =
                tokio::net::TcpStream::from_std(caller.into()).unwrap();
            caller.writable().await.unwrap();
            assert!(caller.take_error().unwrap().is_none());

            let capture = network.finish().await.unwrap();
            let mut seen = Vec::new();
            for record in &capture.records {
                let frame = Frame::decode(&record.bytes).unwrap();
                let packet = Packet::decode(frame.sctp().unwrap()).unwrap();
                assert_eq!(packet.checksum, Checksum::Good, "{packet}");
                seen.extend(packet.chunks.iter().map(wire::Chunk::kind));
            }
            for kind in [ChunkType::Init, ChunkType::InitAck, ChunkType::CookieEcho] {
                assert!(seen.contains(&kind), "{seen:?}");
            }
        }
    }
}

fn main() {
    #[cfg(target_os = "linux")]
    linux::main();
}
