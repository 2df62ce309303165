use super::{Forecast, Gap, TimerKind};
use crate::{Interval, Span, Stack, Timing};

/// From the healing of an unreachable path until it is available: the next
/// HEARTBEAT is answered (RFC 9260 section 8.3). `rto` is the path's, which was
/// doubled by each error, and `round_trip` what the answer takes.
#[must_use]
pub fn heartbeat(stack: &Stack, rto: Span, round_trip: Span, timing: &Timing) -> Forecast {
    let rules = vec![stack.heartbeat.to_string(), stack.lateness.to_string()];
    if !timing.heartbeats {
        let why = "the HEARTBEATs of the path are off: nothing probes it";
        return Forecast::never(stack, Vec::new(), why, rules);
    }
    let pause = stack.heartbeat_pause(Some(timing.heartbeat_interval.into()), rto);
    let gap = Gap {
        timer: TimerKind::Heartbeat,
        rto,
        // The last HEARTBEAT may just have been lost, or the next be due.
        interval: Interval {
            least: Span::ZERO,
            most: pause.most + round_trip,
        },
        errors: None,
    };
    Forecast::of(stack, vec![gap], rules)
}
