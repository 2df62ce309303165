//! The forecast of a shutdown: the time until the association has ended, by T2-shutdown
//! or T5-shutdown-guard.

use super::{Forecast, Gap, TimerKind};
use crate::{Interval, Span, Stack, Timing, back_off};

/// Forecasts the time from a SHUTDOWN until the association has ended, if no answer comes:
/// T2-shutdown runs out Association.Max.Retrans times and once more, or T5-shutdown-guard
/// runs out before that (RFC 9260 section 9.2). With an answer, the shutdown takes one
/// round trip.
#[must_use]
pub fn shutdown(stack: &Stack, rto: Span, timing: &Timing) -> Forecast {
    let mut gaps = Vec::new();
    let mut timer = rto;
    for errors in 1..=u32::from(timing.association_max_retrans) + 1 {
        gaps.push(Gap {
            timer: TimerKind::T2,
            rto: timer,
            interval: stack.expiry(timer),
            errors: Some(errors),
        });
        timer = back_off(timer, timing);
    }
    let mut rules = vec![
        "T2-shutdown takes the RTO, which each expiry doubles up to RTO.Max; the SHUTDOWN \
         is sent again up to Association.Max.Retrans times (RFC 9260 section 9.2)"
            .to_owned(),
        stack.shutdown_guard.to_string(),
        stack.lateness.to_string(),
    ];
    let alone: Interval = gaps.iter().map(|gap| gap.interval).sum();
    let guard = stack
        .shutdown_guard
        .is
        .map(|times| Span::from(timing.rto_max) * times);
    if let Some(guard) = guard
        && guard < alone.least
    {
        rules.retain(|rule| !rule.starts_with("T2"));
        let gap = Gap {
            timer: TimerKind::T5,
            rto: guard,
            interval: stack.expiry(guard),
            errors: None,
        };
        return Forecast::of(stack, vec![gap], rules);
    }
    let mut forecast = Forecast::of(stack, gaps, rules);
    if let Some(guard) = guard {
        forecast.interval.most = forecast.interval.most.min(stack.expiry(guard).most);
    }
    forecast
}
