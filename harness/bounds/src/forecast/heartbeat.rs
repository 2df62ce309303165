//! The forecast of a repaired path: the time until a HEARTBEAT ACK makes it available
//! again.

use super::{Forecast, Gap, TimerKind};
use crate::{Interval, Span, Stack, Timing};

/// Forecasts the time from the repair of an unreachable path until the path is available:
/// the next HEARTBEAT is answered (RFC 9260 section 8.3). `rto` is the path's RTO, which
/// each error has doubled, and `round_trip` is the time until the answer.
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
        // The last HEARTBEAT may have been lost immediately before, or the next may be
        // due at once.
        interval: Interval {
            least: Span::ZERO,
            most: pause.most + round_trip,
        },
        errors: None,
    };
    Forecast::of(stack, vec![gap], rules)
}
