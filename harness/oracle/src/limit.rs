//! The formulas of the `bounds` crate, filled with the numbers of a recording:
//! the timers in force and the RTO of the paths at the moment of the fault.

use std::net::IpAddr;
use std::time::Duration;

use bounds::{Bound, SetUp, Span, Stack, Timing};
use recording::{PathSample, Time};
use scenario::{BoundKind, Expect, Expected, Scenario};

use super::fault::Fault;
use super::timeline::Timeline;

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
        .timers(endpoint, address_of(expect), since)
        .ok_or_else(|| format!("{endpoint} never reported its timers"))?;
    let paths = timeline.paths(endpoint, since);
    let stack = Stack::of_system(&timeline.recording.info.kernel);
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
            let fault = Fault::find(timeline, node, Some(path.address), since);
            let mut others = paths.iter().filter(|other| other.address != path.address);
            let is_the_last = others.all(|other| other.state != "SCTP_ACTIVE");
            let mut forecast = bounds::failover(stack, fault.driver, rto(path), timing);
            if is_the_last {
                let alone = Timing {
                    association_max_retrans: timing.path_max_retrans,
                    ..*timing
                };
                let both = bounds::association(stack, fault.driver, &[rto(path)], &alone);
                forecast.interval = forecast.interval.hull(both.interval);
            }
            Ok(fault.clock(forecast.bound()))
        }
        BoundKind::Heartbeat => {
            let path = path_of(expect, &paths)?;
            let forecast = bounds::heartbeat(stack, rto(path), srtt(path), timing);
            from_step(forecast.bound())
        }
        BoundKind::Association => {
            let rtos: Vec<Span> = paths.iter().map(|path| rto(path)).collect();
            if rtos.is_empty() {
                return Err(format!("{endpoint} had no path"));
            }
            let fault = Fault::find(timeline, node, None, since);
            let forecast = bounds::association(stack, fault.driver, &rtos, timing);
            Ok(fault.clock(forecast.bound()))
        }
        BoundKind::Init => from_step(bounds::init(stack, SetUp::Init, 1, timing).bound()),
        BoundKind::Shutdown => {
            let slowest = paths.iter().map(|path| rto(path)).max();
            let rto = slowest.unwrap_or(timing.rto_initial.into());
            let bound = bounds::shutdown(stack, rto, timing).bound();
            from_step(Bound {
                least: Duration::ZERO,
                ..bound
            })
        }
    }
}

fn path_of<'a>(expect: &Expect, paths: &[&'a PathSample]) -> Result<&'a PathSample, String> {
    let address = address_of(expect);
    let address = address.ok_or("the expectation names no address")?;
    paths
        .iter()
        .find(|path| path.address == address)
        .copied()
        .ok_or_else(|| format!("{} had no path to {address}", expect.at))
}

fn address_of(expect: &Expect) -> Option<IpAddr> {
    match &expect.what {
        Expected::Notification(pattern) => pattern.address,
        Expected::Message { .. } => None,
    }
}

fn rto(path: &PathSample) -> Span {
    Span::from_millis(path.rto_ms.into())
}

fn srtt(path: &PathSample) -> Span {
    Span::from_millis(path.srtt_ms.into())
}
