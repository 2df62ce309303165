//! The forecast of a failover: the time until more than Path.Max.Retrans errors make a
//! path unreachable.

use super::series::Series;
use super::{Driver, Forecast, Gap, TimerKind};
use crate::{Span, Stack, Timing};

/// Forecasts the time from the first packet that is lost on a path until the path is
/// unreachable: until more than Path.Max.Retrans errors are counted (RFC 9260 section
/// 8.2). `rto` is the path's RTO when that packet is sent. Data is assumed to have
/// another path.
#[must_use]
pub fn failover(stack: &Stack, driver: Driver, rto: Span, timing: &Timing) -> Forecast {
    let errors = u32::from(timing.path_max_retrans) + 1;
    let mut gaps: Vec<Gap> = Vec::new();
    for gap in Series::new(stack, timing, driver, rto) {
        gaps.push(gap);
        if gap.errors == Some(errors) {
            let rules = rules(stack, &gaps);
            return Forecast::of(stack, gaps, rules);
        }
    }
    let why = match driver {
        Driver::Data => {
            "a potentially failed path gets no new data while another is active, \
             and its HEARTBEATs are off: no further error is counted"
        }
        Driver::Heartbeats => {
            "the path carries no data and its HEARTBEATs are off: no error is counted"
        }
    };
    let rules = rules(stack, &gaps);
    Forecast::never(stack, gaps, why, rules)
}

/// The rules by which the gaps were computed.
pub(super) fn rules(stack: &Stack, gaps: &[Gap]) -> Vec<String> {
    let has = |kind| gaps.iter().any(|gap: &Gap| gap.timer == kind);
    let mut rules = Vec::new();
    if has(TimerKind::T3) {
        rules.push(
            "T3-rtx takes the RTO, which each error doubles up to RTO.Max \
             (RFC 9260 section 6.3.3)"
                .to_owned(),
        );
    }
    rules.push(stack.potentially_failed.to_string());
    if has(TimerKind::Probe) {
        rules.push(stack.probing.to_string());
    }
    if has(TimerKind::Heartbeat) {
        rules.push(stack.heartbeat.to_string());
    }
    if has(TimerKind::Heartbeat) || has(TimerKind::Probe) || has(TimerKind::Answer) {
        rules.push(stack.unanswered.to_string());
    }
    rules.push(stack.lateness.to_string());
    rules
}
