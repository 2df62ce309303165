use std::time::Duration;

use super::path::{Driver, Gap, gaps, spell};
use super::{Bound, Timing, at_the_latest, back_off, joined};

/// From the first lost packet, when the last working path fails, until the
/// association is given up: more than Association.Max.Retrans errors in a
/// row, on all paths together (RFC 9260 section 8.1). `paths` has the RTO of
/// every path.
///
/// Every path counts errors of its own. At the soonest all begin at once, their
/// timers are short, and T3-rtx goes on beside the HEARTBEATs of a potentially
/// failed path, since data has nowhere else to go; at the latest each begins
/// only when the data comes to it, after a time-out on the one before, and its
/// timers are long.
#[must_use]
pub fn association(paths: &[Duration], timing: &Timing) -> Bound {
    let errors = usize::from(timing.association_max_retrans) + 1;
    let mut soonest = moments(paths, errors, timing, |_| Duration::ZERO, |gap| gap.least);
    let has_potentially_failed = timing
        .potentially_failed
        .is_some_and(|most| most < timing.path_max_retrans);
    if has_potentially_failed {
        soonest.extend(meanwhile(paths, errors, timing));
    }
    let latest = moments(
        paths,
        errors,
        timing,
        |before| before.iter().copied().map(at_the_latest).sum(),
        |gap| gap.most,
    );
    let least = last_of(soonest, errors);
    let most = last_of(latest, errors);
    let mut each: Vec<String> = paths
        .iter()
        .map(|rto| {
            let until_unreachable = usize::from(timing.path_max_retrans) + 1;
            let gaps: Vec<Gap> = gaps(Driver::Data, *rto, timing)
                .take(until_unreachable.min(errors))
                .collect();
            spell(&gaps, timing)
        })
        .collect();
    each.dedup();
    Bound {
        least,
        most,
        sum: format!(
            "{errors} errors on {} paths together, T3-rtx going on meanwhile, each: {}",
            paths.len(),
            each.join("; ")
        ),
    }
}

/// When each path counts its errors. A path begins to count after what `delay`
/// makes of the RTOs of those before it.
fn moments(
    paths: &[Duration],
    errors: usize,
    timing: &Timing,
    delay: impl Fn(&[Duration]) -> Duration,
    length: impl Fn(&Gap) -> Duration,
) -> Vec<Duration> {
    let mut moments: Vec<Duration> = Vec::new();
    for (index, rto) in paths.iter().enumerate() {
        let mut at = delay(&paths[..index]);
        for gap in gaps(Driver::Data, *rto, timing).take(errors) {
            at += length(&gap);
            moments.push(at);
        }
    }
    moments
}

/// The further expiries of T3-rtx on every path, beside its HEARTBEATs.
fn meanwhile(paths: &[Duration], errors: usize, timing: &Timing) -> Vec<Duration> {
    let t3_alone = Timing {
        potentially_failed: None,
        ..*timing
    };
    let each = paths.iter().flat_map(|rto| {
        let path = std::slice::from_ref(rto);
        // The first is counted among the errors of the path already.
        let all = moments(path, errors, &t3_alone, |_| Duration::ZERO, |gap| gap.least);
        all.into_iter().skip(1)
    });
    each.collect()
}

/// When the last of `errors` errors is counted, all paths together.
fn last_of(mut moments: Vec<Duration>, errors: usize) -> Duration {
    moments.sort();
    let last = moments.get(errors.saturating_sub(1));
    last.copied().unwrap_or_default()
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
    Bound {
        least: Duration::ZERO,
        most: terms.iter().copied().map(at_the_latest).sum(),
        sum: format!("T2-shutdown {}", joined(&terms)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SLACK_PER_TERM;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn a_single_path_has_to_count_all_errors_alone() {
        let timing = Timing {
            potentially_failed: None,
            ..Timing::DEFAULT
        };
        let bound = association(&[SECOND], &timing);
        // 63 s until the path is unreachable, then a HEARTBEAT at a time:
        // HB.interval + RTO.Max ± 50 %.
        assert_eq!(bound.least, 63 * SECOND + 5 * (30 + 30) * SECOND);
        let timers = 63 * SECOND + 5 * (30 + 90) * SECOND;
        assert_eq!(bound.most, timers + timers / 8 + 11 * SLACK_PER_TERM);
    }

    #[test]
    fn two_paths_count_at_the_same_time() {
        let bound = association(&[SECOND, SECOND], &Timing::DEFAULT);
        // 1 1 2 2 3 3 4 4 7 7 8: HEARTBEATs after 1 2 4 8, T3-rtx after 3 7.
        assert_eq!(bound.least, 8 * SECOND);
        assert_eq!(bound.most.as_secs(), 109);
        assert_eq!(
            bound.sum,
            "11 errors on 2 paths together, T3-rtx going on meanwhile, each: \
             T3-rtx 1 + potentially failed: \
             HEARTBEATs after up to 3, then 2+4+8+16+32 ±50 %"
        );
    }
}
