//! The formulas of the `bounds` crate, filled with the numbers of a recording:
//! the timers in force and the RTO of the paths at the moment of the fault.

use std::net::IpAddr;
use std::time::Duration;

use bounds::{Bound, Driver};
use recording::{Direction, PathSample, Time};
use scenario::{BoundKind, Expect, Expected, Scenario};
use wire::Chunk;

use super::timeline::{SctpPacket, Timeline};

/// A bound, and the moment from which it counts.
pub(crate) struct Clock {
    pub(crate) from: Time,
    /// That moment in words, where it is not the step's own.
    pub(crate) words: Option<String>,
    pub(crate) bound: Bound,
}

/// The numbers behind a bound, or what is missing of them in the recording.
pub(crate) fn compute(
    scenario: &Scenario,
    timeline: &Timeline<'_>,
    expect: &Expect,
    kind: BoundKind,
    since: Time,
) -> Result<Clock, String> {
    let endpoint = expect.at.as_str();
    let timing = timeline
        .timers(endpoint, since)
        .ok_or_else(|| format!("{endpoint} never reported its timers"))?;
    let paths = timeline.paths(endpoint, since);
    let node = scenario
        .endpoint(&expect.at)
        .map_or("", |endpoint| endpoint.node.as_str());
    let from_step = |bound| {
        Ok(Clock {
            from: since,
            words: None,
            bound,
        })
    };
    match kind {
        BoundKind::Failover => {
            let path = path_of(expect, &paths)?;
            let first = first_sent(timeline, node, Some(path.address), since);
            let driver = match first {
                Some(packet) if carries_data(packet) => Driver::Data,
                _ => Driver::Heartbeats,
            };
            let bound = bounds::failover(driver, rto(path), srtt(path), timing);
            Ok(from_first_lost(first, since, bound))
        }
        BoundKind::Heartbeat => {
            let path = path_of(expect, &paths)?;
            from_step(bounds::heartbeat(rto(path), srtt(path), timing))
        }
        BoundKind::Association => {
            let rtos: Vec<Duration> = paths.iter().map(|path| rto(path)).collect();
            if rtos.is_empty() {
                return Err(format!("{endpoint} had no path"));
            }
            let round_trip = paths.iter().map(|path| srtt(path)).max();
            let bound = bounds::association(&rtos, round_trip.unwrap_or_default(), timing);
            let first = first_sent(timeline, node, None, since);
            Ok(from_first_lost(first, since, bound))
        }
        BoundKind::Init => from_step(bounds::init(timing)),
        BoundKind::Shutdown => {
            let slowest = paths.iter().map(|path| rto(path)).max();
            let rto = slowest.unwrap_or(timing.rto_initial);
            from_step(bounds::shutdown(rto, timing))
        }
    }
}

fn from_first_lost(first: Option<&SctpPacket<'_>>, since: Time, bound: Bound) -> Clock {
    let from = first.map_or(since, |packet| packet.captured.at);
    Clock {
        from,
        words: first.map(|_| format!("the first lost packet at {from}")),
        bound,
    }
}

fn path_of<'a>(expect: &Expect, paths: &[&'a PathSample]) -> Result<&'a PathSample, String> {
    let address = match &expect.what {
        Expected::Notification(pattern) => pattern.address,
        Expected::Message { .. } => None,
    };
    let address = address.ok_or("the expectation names no address")?;
    paths
        .iter()
        .find(|path| path.address == address)
        .copied()
        .ok_or_else(|| format!("{} had no path to {address}", expect.at))
}

/// The first packet that a node sent after a moment, to an address if given.
fn first_sent<'t, 'r>(
    timeline: &'t Timeline<'r>,
    node: &str,
    to: Option<IpAddr>,
    since: Time,
) -> Option<&'t SctpPacket<'r>> {
    timeline.packets.iter().find(|packet| {
        packet.captured.at >= since
            && packet.captured.direction == Direction::Out
            && to.is_none_or(|address| packet.destination == address)
            && timeline
                .recording
                .interfaces
                .get(packet.captured.interface)
                .is_some_and(|interface| interface.node == node)
    })
}

fn carries_data(packet: &SctpPacket<'_>) -> bool {
    let is_data = |chunk: &Chunk| matches!(chunk, Chunk::Data(_) | Chunk::IData(_));
    packet.sctp.chunks.iter().any(is_data)
}

fn rto(path: &PathSample) -> Duration {
    Duration::from_millis(path.rto_ms.into())
}

fn srtt(path: &PathSample) -> Duration {
    Duration::from_millis(path.srtt_ms.into())
}
