//! The kernel's own SCTP over a network.

use std::io;
use std::net::SocketAddr;

use net::Network;
use socket2::{Domain, Protocol, Socket, Type};
use tokio::net::TcpStream;
use wire::{Checksum, Chunk, ChunkType, Frame, Packet};

use super::support::{Test, one_link, tests};

pub(super) const TESTS: &[Test] = tests![sctp_leaves_with_good_checksums];

/// A one-to-one socket, bound to `address`.
pub(super) fn socket(address: SocketAddr) -> io::Result<Socket> {
    const SCTP: i32 = 132;
    let kind = Type::STREAM.nonblocking();
    let domain = Domain::for_address(address);
    let socket = Socket::new(domain, kind, Some(Protocol::from(SCTP)))?;
    socket.bind(&address.into())?;
    Ok(socket)
}

async fn sctp_leaves_with_good_checksums() {
    for (client, server) in [("10.0.1.1:7", "10.0.1.2:7"), ("[fd01::1]:7", "[fd01::2]:7")] {
        let network = Network::build(one_link()).await.unwrap();
        let client: SocketAddr = client.parse().unwrap();
        let server: SocketAddr = server.parse().unwrap();
        let listener = network.node("server").unwrap();
        let listener = listener.enter(|| socket(server).unwrap()).unwrap();
        listener.listen(1).unwrap();
        let caller = network.node("client").unwrap();
        let caller = caller.enter(|| socket(client).unwrap()).unwrap();
        // `connect` is in progress. The test sends no data: only SCTP's own packets go.
        assert!(caller.connect(&server.into()).is_err());
        let caller = TcpStream::from_std(caller.into()).unwrap();
        caller.writable().await.unwrap();
        assert!(caller.take_error().unwrap().is_none());

        let capture = network.finish().await.unwrap();
        let mut seen = Vec::new();
        for record in &capture.records {
            let frame = Frame::decode(&record.bytes).unwrap();
            let packet = Packet::decode(frame.sctp().unwrap()).unwrap();
            assert_eq!(packet.checksum, Checksum::Good, "{packet}");
            seen.extend(packet.chunks.iter().map(Chunk::kind));
        }
        for kind in [ChunkType::Init, ChunkType::InitAck, ChunkType::CookieEcho] {
            assert!(seen.contains(&kind), "{seen:?}");
        }
    }
}
