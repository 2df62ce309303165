//! Captures of several hosts: their packets, directions, and what is left out.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::{SystemTime, UNIX_EPOCH};

use hosts::{Event, SETTLE};
use pcapng::Direction;
use pcapng::LinkType;

use super::lab::Lab;
use super::{Test, tests};

pub(super) const TESTS: &[Test] = tests![
    every_packet_comes_once_from_each_host_and_by_time,
    all_interfaces_of_a_host_tell_which_way_a_packet_went,
    the_labs_own_traffic_is_left_out,
];

fn every_packet_comes_once_from_each_host_and_by_time() {
    const PACKETS: u32 = 200;
    let lab = Lab::new();
    let mut running = lab.capture("one: {ONE, interface: path-a}\ntwo: {TWO, interface: path-a}");
    let names = running.capture.interfaces().iter();
    let names: Vec<_> = names.map(|interface| interface.name.as_deref()).collect();
    assert_eq!(names, [Some("one/path-a"), Some("two/path-a")]);

    for tsn in 0..PACKETS {
        lab.send((tsn % 2) as usize, tsn);
    }
    let mut seen = BTreeMap::new();
    let mut before = 0;
    for _ in 0..2 * PACKETS {
        let packet = &running.packets(1)[0];
        *seen
            .entry((running.tsn(packet), packet.interface.0))
            .or_insert(0) += 1;
        // A packet that comes more than `SETTLE` after its time cannot be put in order any
        // more.
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        let age = now.as_nanos() - u128::from(packet.time_ns);
        assert!(
            packet.time_ns >= before || age > SETTLE.as_nanos(),
            "out of order"
        );
        before = packet.time_ns;
    }
    let expected = (0..PACKETS).flat_map(|tsn| [((tsn, 0), 1), ((tsn, 1), 1)]);
    assert_eq!(seen, expected.collect());

    let ends = running.stopped();
    assert_eq!(ends.len(), 2, "{ends:?}");
    for end in ends {
        let Event::Ended { counts, .. } = end else {
            panic!("{end:?}");
        };
        let counts = counts.unwrap();
        assert_eq!(counts.captured, u64::from(PACKETS));
        assert_eq!(counts.dropped_by_kernel, 0);
    }
}

fn all_interfaces_of_a_host_tell_which_way_a_packet_went() {
    let lab = Lab::new();
    let mut running = lab.capture("one: {ONE}\ntwo: {TWO, interface: path-a}");
    lab.send(0, 7);
    let mut packets = running.packets(2);
    packets.sort_by_key(|packet| packet.interface);
    assert_ne!(
        running.capture.interfaces()[0].link_type,
        LinkType::ETHERNET
    );
    assert_eq!(packets[0].direction, Some(Direction::Outbound));
    assert_eq!(packets[1].direction, None);
    assert!(packets.iter().all(|packet| running.tsn(packet) == 7));
}

/// The lab's own traffic is the SSH traffic with each target, and with others on the same
/// host.
fn the_labs_own_traffic_is_left_out() {
    let lab = Lab::new();
    let mut running = lab.capture(
        "first: {ONE, filter: tcp}\nsecond: {ONE, interface: to-one, filter: greater 0}\n\
         third: {TWO, filter: tcp}",
    );
    // Other TCP traffic is seen, although its addresses are those of the lab's traffic.
    let listener = lab.at("one", || TcpListener::bind("10.0.1.2:7000").unwrap());
    let mut stream = lab.inside(|| TcpStream::connect("10.0.1.2:7000").unwrap());
    let (mut answering, _) = listener.accept().unwrap();
    stream.write_all(b"shown").unwrap();
    let mut heard = [0; 5];
    answering.read_exact(&mut heard).unwrap();
    drop((stream, answering));

    // At least the three packets of TCP's handshake, seen by two targets.
    let mut packets = running.packets(6);
    for end in running.stopped() {
        match end {
            Event::Packet(packet) => packets.push(packet),
            Event::Ended { .. } => {}
            Event::Died { .. } => panic!("{end:?}"),
        }
    }
    for packet in packets {
        assert!(packet.interface.0 != 2, "two has no traffic of its own");
        let has = |port: u16| packet.bytes.windows(2).any(|it| it == port.to_be_bytes());
        let is_arp = packet.bytes[12..14] == [8, 6];
        assert!(has(7000) || is_arp, "{:02x?}", packet.bytes);
    }
}
