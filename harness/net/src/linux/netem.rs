//! Netlink options of netem for a shape (`linux/pkt_sched.h`, `net/sched/sch_netem.c`).
//!
//! The options are a `struct tc_netem_qopt` followed by attributes, all in host byte
//! order.

use netlink_packet_core::{DefaultNla, Emitable};
use netlink_packet_route::tc::{TcAttribute, TcHandle, TcHeader, TcMessage};
use netlink_packet_route::{AddressFamily, RouteNetlinkMessage};

use super::netlink::Request;
use crate::layout::Port;
use crate::plan::Shape;

const TCA_OPTIONS: u16 = 2;
const TCA_NETEM_RATE: u16 = 6;
const TCA_NETEM_RATE64: u16 = 8;
const TCA_NETEM_LATENCY64: u16 = 10;
const TCA_NETEM_JITTER64: u16 = 11;
const TCA_NETEM_PRNG_SEED: u16 = 14;

/// Number of frames in the queue of a link with a rate.
const QUEUE: u64 = 1000;
/// Greatest number of frames in flight on a link without a rate, which is practically
/// unlimited.
const UNLIMITED: u32 = 1_000_000;

/// The request that shapes the direction towards `port`; `None` if the shape does
/// nothing.
pub(super) fn shape(port: &Port, link: &str, mtu: u32, seed: Option<u64>) -> Option<Request> {
    if port.shape == Shape::default() {
        return None;
    }
    let mut message = TcMessage::default();
    message.header = TcHeader {
        family: AddressFamily::Unspec,
        index: i32::try_from(port.far).expect("far indexes are far below i32::MAX"),
        parent: TcHandle::ROOT,
        ..TcHeader::default()
    };
    // Every direction of every link needs a different seed.
    let seed = seed.map(|seed| seed.wrapping_add(port.id.0 as u64));
    message.attributes = vec![
        TcAttribute::Kind("netem".to_owned()),
        TcAttribute::Other(DefaultNla::new(
            TCA_OPTIONS,
            options(&port.shape, mtu, seed),
        )),
    ];
    Some(Request::make(
        format!("shape link `{link}`"),
        RouteNetlinkMessage::NewQueueDiscipline(message),
    ))
}

fn options(shape: &Shape, mtu: u32, seed: Option<u64>) -> Vec<u8> {
    let mut options = Vec::new();
    // Delay and jitter have units of 64 ns here. The attributes below are exact and
    // replace them.
    let (latency, jitter, gap, duplicate) = (0, 0, 0, 0);
    for field in [
        latency,
        limit(shape, mtu),
        loss(shape.loss),
        gap,
        duplicate,
        jitter,
    ] {
        options.extend(u32::to_ne_bytes(field));
    }

    let nanoseconds = |duration: std::time::Duration| {
        i64::try_from(duration.as_nanos())
            .unwrap_or(i64::MAX)
            .to_ne_bytes()
    };
    attribute(&mut options, TCA_NETEM_LATENCY64, &nanoseconds(shape.delay));
    attribute(&mut options, TCA_NETEM_JITTER64, &nanoseconds(shape.jitter));
    if let Some(bits) = shape.rate {
        let bytes = (bits / 8).max(1);
        // struct tc_netem_rate: rate, packet overhead, cell size, cell overhead.
        let mut rate = [0; 16];
        rate[..4].copy_from_slice(&u32::try_from(bytes).unwrap_or(u32::MAX).to_ne_bytes());
        attribute(&mut options, TCA_NETEM_RATE, &rate);
        attribute(&mut options, TCA_NETEM_RATE64, &bytes.to_ne_bytes());
    }
    // Kernels before 6.7 ignore this attribute, which they do not know.
    if let Some(seed) = seed {
        attribute(&mut options, TCA_NETEM_PRNG_SEED, &seed.to_ne_bytes());
    }
    options
}

fn attribute(options: &mut Vec<u8>, kind: u16, value: &[u8]) {
    let attribute = DefaultNla::new(kind, value.to_vec());
    let start = options.len();
    options.resize(start + attribute.buffer_len(), 0);
    attribute.emit(&mut options[start..]);
}

/// The loss as a fraction of `u32::MAX`.
fn loss(percent: f64) -> u32 {
    // A cast from a float saturates, and `percent` is 0 to 100.
    (percent / 100.0 * f64::from(u32::MAX)).round() as u32
}

/// Greatest number of frames in netem: the queue, and the frames in flight at the same
/// time.
fn limit(shape: &Shape, mtu: u32) -> u32 {
    let Some(bits) = shape.rate else {
        return UNLIMITED;
    };
    let under_way = u128::from(bits) * (shape.delay + shape.jitter).as_nanos()
        / 1_000_000_000
        / 8
        / u128::from(mtu);
    u64::try_from(under_way)
        .ok()
        .and_then(|under_way| under_way.checked_add(QUEUE))
        .and_then(|limit| u32::try_from(limit).ok())
        .unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{limit, loss, options};
    use crate::plan::Shape;

    fn hex(bytes: &[u8]) -> String {
        bytes
            .chunks(4)
            .map(|word| {
                let word = u32::from_ne_bytes(word.try_into().unwrap());
                format!("{word:08x}")
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[cfg(target_endian = "little")]
    #[test]
    fn options_are_the_struct_and_its_attributes() {
        let shape = Shape {
            delay: Duration::from_millis(10),
            jitter: Duration::from_micros(1),
            loss: 50.0,
            rate: Some(8_000_000),
        };
        assert_eq!(
            hex(&options(&shape, 1500, Some(7))),
            "00000000 0000041e 80000000 00000000 00000000 00000000 \
             000a000c 00989680 00000000 \
             000b000c 000003e8 00000000 \
             00060014 000f4240 00000000 00000000 00000000 \
             0008000c 000f4240 00000000 \
             000e000c 00000007 00000000"
                .replace("0000041e", &format!("{:08x}", limit(&shape, 1500)))
        );
    }

    #[test]
    fn loss_spans_the_whole_range() {
        assert_eq!(loss(0.0), 0);
        assert_eq!(loss(100.0), u32::MAX);
    }

    #[test]
    fn a_long_fast_link_holds_what_is_under_way() {
        let shape = Shape {
            delay: Duration::from_millis(100),
            rate: Some(1_200_000_000),
            ..Shape::default()
        };
        assert_eq!(limit(&shape, 1500), 1000 + 10_000);
    }
}
