use std::time::Duration;

use super::{Bound, SLACK_PER_TERM, Timing, at_the_latest, joined};

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
    let words = format!("T1-init {}", joined(&terms));
    Bound {
        least: sum.saturating_sub(slack),
        most: terms.into_iter().map(at_the_latest).sum(),
        sum: words,
    }
}
