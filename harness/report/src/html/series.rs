//! Curves over time: states of paths, lengths of queues, delivered messages.

use std::collections::BTreeMap;
use std::net::IpAddr;

use recording::{Event, Recording};
use serde::Serialize;

use super::data::micros;
use crate::sample_times::SampleTimes;
use crate::setting::Setting;

/// All curves of a run.
#[derive(Default, Serialize)]
pub(super) struct Series {
    paths: Vec<PathCurve>,
    queues: Vec<QueueCurve>,
    delivery: Vec<DeliveryCurve>,
}

/// The curves of an endpoint's path.
#[derive(Serialize)]
struct PathCurve {
    endpoint: String,
    address: IpAddr,
    samples: Vec<PathPoint>,
}

/// The state of a path at `t`. Unknown values are absent.
#[derive(Serialize)]
struct PathPoint {
    t: u64,
    /// Time of the last sample before this one; absent if there was none. The state changed
    /// between `since` and `t`.
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<u64>,
    state: String,
    primary: bool,
    rto: u32,
    srtt: u32,
    cwnd: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    ssthresh: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<u32>,
}

/// Number of chunks that wait to be sent at an endpoint, where the kernel reports it.
#[derive(Serialize)]
struct QueueCurve {
    endpoint: String,
    samples: Vec<(u64, u32)>,
}

/// The messages that an endpoint has received, over time.
#[derive(Serialize)]
struct DeliveryCurve {
    endpoint: String,
    received: Vec<u64>,
}

pub(super) fn of(recording: &Recording) -> Series {
    let setting = Setting::of(recording);
    let samples = SampleTimes::of(recording, &setting);
    let mut paths: BTreeMap<(String, IpAddr), Vec<PathPoint>> = BTreeMap::new();
    let mut queues: BTreeMap<String, Vec<(u64, u32)>> = BTreeMap::new();
    let mut delivery: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for observation in &recording.observations {
        let t = micros(observation.at);
        match &observation.event {
            Event::Path {
                endpoint, sample, ..
            } => paths
                .entry((endpoint.clone(), sample.address))
                .or_default()
                .push(PathPoint {
                    t,
                    since: samples
                        .before(setting.host_of(endpoint), observation.at)
                        .map(micros),
                    state: sample.state.clone(),
                    primary: sample.primary,
                    rto: sample.rto_ms,
                    srtt: sample.srtt_ms,
                    cwnd: sample.cwnd,
                    ssthresh: sample.ssthresh,
                    errors: sample.error_count,
                }),
            Event::Association {
                endpoint, sample, ..
            } => {
                if let Some(queued) = sample.queued {
                    queues
                        .entry(endpoint.clone())
                        .or_default()
                        .push((t, queued));
                }
            }
            Event::Received { endpoint, .. } => {
                delivery.entry(endpoint.clone()).or_default().push(t);
            }
            _ => {}
        }
    }
    let paths = paths.into_iter();
    Series {
        paths: paths
            .map(|((endpoint, address), samples)| PathCurve {
                endpoint,
                address,
                samples,
            })
            .collect(),
        queues: queues
            .into_iter()
            .filter(|(_, samples)| samples.iter().any(|(_, queued)| *queued > 0))
            .map(|(endpoint, samples)| QueueCurve { endpoint, samples })
            .collect(),
        delivery: delivery
            .into_iter()
            .map(|(endpoint, received)| DeliveryCurve { endpoint, received })
            .collect(),
    }
}
