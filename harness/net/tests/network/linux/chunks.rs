//! Rules on the chunks of SCTP packets.

use std::net::SocketAddr;
use std::num::NonZeroU64;

use super::support::{Test, one_link, raw_sctp, receive_packet, tests};
use net::{Network, Way};
use rules::{Action, Match, Nth, Rule};
use wire::chunk::{CookieAck, CookieEcho, Data};
use wire::field::ChunkPattern;
use wire::{Chunk, ChunkType, Packet, Ppid, Ssn, StreamId, Tsn, VerificationTag};

pub(super) const TESTS: &[Test] = tests![a_chunk_is_found_in_a_bundle_over_both_families,];

fn packet(chunks: Vec<Chunk>) -> Packet {
    Packet::new(5000, 5001, VerificationTag(7), chunks)
}

fn data(tsn: u32) -> Chunk {
    Chunk::Data(Data {
        immediate: false,
        unordered: false,
        beginning: true,
        ending: true,
        tsn: Tsn(tsn),
        stream: StreamId(0),
        ssn: Ssn(0),
        ppid: Ppid(0),
        payload: "hello".into(),
    })
}

async fn a_chunk_is_found_in_a_bundle_over_both_families() {
    for (client, server) in [("10.0.1.1:0", "10.0.1.2:0"), ("[fd01::1]:0", "[fd01::2]:0")] {
        let network = Network::build(one_link()).await.unwrap();
        let from = raw_sctp(&network, "client", client);
        let to = raw_sctp(&network, "server", server);
        let server: SocketAddr = server.parse().unwrap();
        let rule = |kind: ChunkType| Rule {
            frames: Match {
                chunk: Some(ChunkPattern::from(kind)),
                ..Match::default()
            },
            nth: Nth::First(NonZeroU64::MIN),
            ..Rule::new(format!("lose the first {kind}"), Action::Drop)
        };
        network.add_rule(rule(ChunkType::Data)).unwrap();
        network.add_rule(rule(ChunkType::CookieAck)).unwrap();

        let echo = Chunk::CookieEcho(CookieEcho {
            cookie: "biscuit".into(),
        });
        let first = packet(vec![echo.clone()]);
        let bundle = packet(vec![echo, data(1)]);
        let again = packet(vec![data(1)]);
        let mut damaged = packet(vec![Chunk::CookieAck(CookieAck)]).encode();
        damaged[8] ^= 0xff;
        damaged.extend([0, 0, 0, 1]);
        for bytes in [first.encode(), bundle.encode(), damaged, again.encode()] {
            from.send_to(&bytes, &server.into()).unwrap();
        }

        assert_eq!(receive_packet(&to).await, first);
        assert_eq!(receive_packet(&to).await, again);
        let capture = network.finish().await.unwrap();
        let faults: Vec<_> = capture
            .records
            .iter()
            .filter(|record| (&*record.node, record.way) == ("client", Way::Out))
            .map(|record| record.fault.as_ref().map(ToString::to_string))
            .collect();
        assert_eq!(
            faults,
            [
                None,
                Some("dropped by `lose the first DATA`".into()),
                Some("dropped by `lose the first COOKIE ACK`".into()),
                None,
            ]
        );
    }
}
