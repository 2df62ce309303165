//! What changes over time: paths, queues, delivery.

use std::collections::BTreeMap;
use std::net::IpAddr;

use recording::{Event, Recording};
use serde::Serialize;

use super::data::micros;
use crate::looks::Looks;
use crate::setting::Setting;

/// All curves of a run.
#[derive(Default, Serialize)]
pub(super) struct Series {
    paths: Vec<PathCurve>,
    queues: Vec<QueueCurve>,
    delivery: Vec<DeliveryCurve>,
}

/// A path of an endpoint.
#[derive(Serialize)]
struct PathCurve {
    endpoint: String,
    address: IpAddr,
    samples: Vec<PathPoint>,
}

/// How a path was at `t`. What is not known is absent.
#[derive(Serialize)]
struct PathPoint {
    t: u64,
    /// When the path was looked at before and was as the point before says: it has
    /// changed between these two times.
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

/// Chunks that wait at an endpoint to be sent, where the kernel tells.
#[derive(Serialize)]
struct QueueCurve {
    endpoint: String,
    samples: Vec<(u64, u32)>,
}

/// Messages that an endpoint has received, and when.
#[derive(Serialize)]
struct DeliveryCurve {
    endpoint: String,
    received: Vec<u64>,
}

pub(super) fn of(recording: &Recording) -> Series {
    let setting = Setting::of(recording);
    let looks = Looks::of(recording, &setting);
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
                    since: looks
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
