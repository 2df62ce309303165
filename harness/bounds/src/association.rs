use std::time::Duration;

use super::path::{Driver, Gap, gaps};
use super::{Bound, SLACK_PER_TERM, Timing, back_off, joined};

/// From the first lost packet on the last path until the association is
/// given up: more than Association.Max.Retrans errors in a row, on all paths
/// together (RFC 9260 section 8.1). `paths` has the RTO of every path.
///
/// At the soonest every path counts its errors as fast as its timers allow;
/// at the latest a single path has to count them all alone.
#[must_use]
pub fn association(paths: &[Duration], round_trip: Duration, timing: &Timing) -> Bound {
    let errors = usize::from(timing.association_max_retrans) + 1;
    let least = soonest(paths, errors, timing).saturating_sub(round_trip + timing.sack_delay);
    let slowest = paths.iter().max().copied().unwrap_or(timing.rto_initial);
    let alone: Vec<Gap> = gaps(Driver::Data, slowest, timing).take(errors).collect();
    let rtos: Vec<Duration> = alone.iter().map(|gap| gap.rto).collect();
    // An unreachable path gets a HEARTBEAT only every HB.interval + RTO.
    let idle: Duration = timing.heartbeat_interval
        * u32::from(
            (timing.association_max_retrans + 1).saturating_sub(timing.path_max_retrans + 1),
        );
    let most = alone.iter().map(|gap| gap.most).sum::<Duration>() + idle + slowest * 3;
    Bound {
        least,
        most,
        sum: format!(
            "{errors} errors on {} paths; the slowest alone RTO {} ±50 %, unreachable + HB.interval",
            paths.len(),
            joined(&rtos)
        ),
    }
}

/// The moment of the nth error when every path counts as fast as it can.
fn soonest(paths: &[Duration], errors: usize, timing: &Timing) -> Duration {
    let mut moments: Vec<Duration> = paths
        .iter()
        .flat_map(|rto| {
            gaps(Driver::Data, *rto, timing)
                .take(errors)
                .scan(Duration::ZERO, |at, gap| {
                    *at += gap.least;
                    Some(*at)
                })
        })
        .collect();
    moments.sort();
    moments
        .get(errors.saturating_sub(1))
        .copied()
        .unwrap_or_default()
}

/// From a SHUTDOWN until the association is gone, whatever is lost: T2
/// (RFC 9260 section 9.2) is retransmitted up to Association.Max.Retrans
/// times.
#[must_use]
pub fn shutdown(rto: Duration, timing: &Timing) -> Bound {
    let mut terms = vec![rto];
    for _ in 0..timing.association_max_retrans {
        let last = terms.last().copied().unwrap_or(rto);
        terms.push(back_off(last, timing));
    }
    let slack = SLACK_PER_TERM * u32::from(timing.association_max_retrans + 1);
    Bound {
        least: Duration::ZERO,
        most: terms.iter().sum::<Duration>() + slack,
        sum: format!("T2-shutdown {}", joined(&terms)),
    }
}
