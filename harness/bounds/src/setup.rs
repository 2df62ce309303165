use std::time::Duration;

use super::{Bound, SLACK_PER_TERM, Timing, joined};

/// From the first INIT until the set-up is given up, when nobody answers:
/// T1-init runs out Max.Init.Retransmits times and once more (RFC 9260
/// section 5.1 and 6.3.3).
#[must_use]
pub fn init(timing: &Timing) -> Bound {
    let mut terms = Vec::new();
    let mut rto = timing.rto_initial;
    for _ in 0..=timing.max_init_retransmits {
        terms.push(rto);
        rto = (rto * 2).min(timing.max_init_timeout).min(timing.rto_max);
    }
    let sum: Duration = terms.iter().sum();
    let slack = SLACK_PER_TERM * u32::from(timing.max_init_retransmits + 1);
    // Linux rounds a timer up by an eighth at the most (kernel/time/timer.c).
    let late = sum / 8;
    Bound {
        least: sum.saturating_sub(slack),
        most: sum + late + slack,
        sum: format!("T1-init {}", joined(&terms)),
    }
}
