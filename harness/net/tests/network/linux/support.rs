//! Networks and sockets for the tests.

use std::net::SocketAddr;
use std::time::Duration;

use net::{EndPlan, FrameRecord, LinkPlan, Network, NodePlan, Plan, SeenFrame, Way};
use nix::ifaddrs::getifaddrs;
use nix::net::if_::InterfaceFlags;
use socket2::{Domain, Protocol, Socket, Type};
use tokio::net::UdpSocket;
use wire::Packet;

/// The waiting time for a frame that must not come. A frame takes microseconds.
const SILENCE: Duration = Duration::from_millis(100);
/// The time limit for a frame that must come, on a machine under load.
const PATIENCE: Duration = Duration::from_secs(20);

/// A test and its name.
pub(super) type Test = (&'static str, fn());

/// Names the tests of a module: `tests![a, b]` gives `("a", a)`, `("b", b)`.
macro_rules! tests {
    ($($test:ident),* $(,)?) => {
        &[$((stringify!($test), || $crate::linux::support::run($test()))),*]
    };
}
pub(super) use tests;

pub(super) fn run<T>(act: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(act)
}

/// `client` (10.0.1.1, fd01::1) and `server` (10.0.1.2, fd01::2), joined by
/// `path-a`.
pub(super) fn one_link() -> Plan {
    Plan {
        nodes: vec![NodePlan::host("client"), NodePlan::host("server")],
        links: vec![link("path-a", 1, "client", "server")],
        ..Plan::default()
    }
}

/// A link with the subnets 10.0.N.0/24 and fd0N::/64; its ends have the
/// addresses 1 and 2 in them.
pub(super) fn link(name: &str, n: u8, one: &str, other: &str) -> LinkPlan {
    let addresses = |host: u8| {
        [
            format!("10.0.{n}.{host}/24").parse().unwrap(),
            format!("fd{n:02}::{host}/64").parse().unwrap(),
        ]
    };
    LinkPlan::new(
        name,
        EndPlan::new(one, addresses(1)),
        EndPlan::new(other, addresses(2)),
    )
}

/// A UDP socket on a node.
pub(super) fn udp(network: &Network, node: &str, address: &str) -> UdpSocket {
    let bind = || {
        let socket = std::net::UdpSocket::bind(address).unwrap();
        socket.set_nonblocking(true).unwrap();
        UdpSocket::from_std(socket).unwrap()
    };
    network.node(node).unwrap().enter(bind).unwrap()
}

/// Whether a node's interface has a carrier; `None` if there is no such one.
pub(super) fn carrier(network: &Network, node: &str, interface: &str) -> Option<bool> {
    let look = || {
        getifaddrs()
            .unwrap()
            .find(|found| found.interface_name == interface)
            .map(|found| found.flags.contains(InterfaceFlags::IFF_RUNNING))
    };
    network.node(node).unwrap().enter(look).unwrap()
}

/// The next datagram, which must come.
pub(super) async fn receive(socket: &UdpSocket) -> (Vec<u8>, SocketAddr) {
    let mut buffer = vec![0; 65_536];
    let (length, from) = tokio::time::timeout(PATIENCE, socket.recv_from(&mut buffer))
        .await
        .expect("a datagram should have come")
        .unwrap();
    buffer.truncate(length);
    (buffer, from)
}

/// Asserts that no datagram comes.
pub(super) async fn hear_nothing(socket: &UdpSocket) {
    let mut buffer = [0; 2048];
    let heard = tokio::time::timeout(SILENCE, socket.recv_from(&mut buffer)).await;
    assert!(heard.is_err(), "a datagram came: {heard:?}");
}

/// One line a frame: node, direction, link, UDP payload, and fault.
pub(super) fn story(capture: &FrameRecord) -> Vec<String> {
    capture.records.iter().map(line).collect()
}

fn line(record: &SeenFrame) -> String {
    let way = match record.way {
        Way::In => "in",
        Way::Out => "out",
    };
    let fault = record
        .fault
        .as_ref()
        .map_or(String::new(), |fault| format!(", {fault}"));
    format!(
        "{} {way} {}: {}{fault}",
        record.node,
        record.link,
        String::from_utf8_lossy(udp_payload(&record.bytes)),
    )
}

/// What a UDP datagram in an Ethernet frame carries.
fn udp_payload(frame: &[u8]) -> &[u8] {
    const UDP: u8 = 17;
    let (protocol, transport) = match frame[12..14] {
        [0x08, 0x00] => (frame[23], 14 + usize::from(frame[14] & 0x0f) * 4),
        [0x86, 0xdd] => (frame[20], 14 + 40),
        _ => panic!("a frame of neither IP version: {frame:02x?}"),
    };
    assert_eq!(protocol, UDP, "a frame that no test sent: {frame:02x?}");
    &frame[transport + 8..]
}

/// A raw socket for SCTP on a node. Where the kernel has no SCTP, this socket also keeps
/// the kernel from answering by ICMP that nobody speaks the protocol.
pub(super) fn raw_sctp(network: &Network, node: &str, address: &str) -> Socket {
    const SCTP: i32 = 132;
    let address: SocketAddr = address.parse().unwrap();
    let open = || {
        let socket = Socket::new(
            Domain::for_address(address),
            Type::RAW.nonblocking(),
            Some(Protocol::from(SCTP)),
        )
        .unwrap();
        socket.bind(&address.into()).unwrap();
        socket
    };
    network.node(node).unwrap().enter(open).unwrap()
}

/// The next SCTP packet, which must come.
pub(super) async fn receive_packet(socket: &Socket) -> Packet {
    let raw = UdpSocket::from_std(socket.try_clone().unwrap().into()).unwrap();
    let (bytes, from) = receive(&raw).await;
    // A raw IPv4 socket gets the IP header, too.
    let header = if from.is_ipv4() {
        usize::from(bytes[0] & 0x0f) * 4
    } else {
        0
    };
    Packet::decode(&bytes[header..]).unwrap()
}
