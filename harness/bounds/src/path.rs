use std::time::Duration;

use super::{Bound, Timing, association, at_the_latest, back_off, joined, seconds};

/// What a failed path is being used for, and so by which timer its failure
/// is noticed first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Driver {
    /// Data: T3-rtx.
    Data,
    /// Nothing: heartbeats.
    Heartbeats,
}

/// The time between two errors that a failed path counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Gap {
    pub(super) least: Duration,
    pub(super) most: Duration,
    pub(super) rto: Duration,
    pub(super) by: GapKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GapKind {
    /// T3-rtx ran out.
    T3,
    /// A HEARTBEAT at the normal interval had no answer.
    IdleHeartbeat,
    /// A HEARTBEAT of a potentially-failed path had no answer.
    FastHeartbeat,
}

/// The errors that a path counts from the first lost packet on, one after
/// the other, without end.
///
/// A path that carries data counts an error each time T3-rtx runs out
/// (RFC 9260 section 8.2), an idle one for each HEARTBEAT that is not
/// answered (section 8.3). HEARTBEATs follow one another after HB.interval
/// plus the RTO, the RTO varied by ±50 %. Once more than
/// PotentiallyFailed.Max.Retrans errors are counted the path gets no more new
/// data, but a HEARTBEAT every RTO (RFC 7829 section 4.1).
///
/// The first HEARTBEAT of a potentially-failed path is sent at once by
/// RFC 7829; Linux sends it when its timer next runs out, one RTO ±50 % later
/// (net/sctp/transport.c, `sctp_transport_timeout`).
///
/// An unreachable path is probed by HEARTBEATs at the normal interval again.
pub(super) fn gaps(driver: Driver, rto: Duration, timing: &Timing) -> impl Iterator<Item = Gap> {
    let timing = *timing;
    let mut errors: u16 = 0;
    let mut rto = rto;
    let mut fast = false;
    std::iter::from_fn(move || {
        let unreachable = errors > timing.path_max_retrans;
        let potentially_failed = timing
            .potentially_failed
            .is_some_and(|most| errors > most && most < timing.path_max_retrans);
        let by = match driver {
            _ if unreachable => GapKind::IdleHeartbeat,
            _ if potentially_failed => GapKind::FastHeartbeat,
            Driver::Data => GapKind::T3,
            Driver::Heartbeats => GapKind::IdleHeartbeat,
        };
        let (least, mut most) = match by {
            GapKind::T3 => (rto, rto),
            GapKind::IdleHeartbeat => {
                let interval = timing.heartbeat_interval;
                (interval + rto / 2, interval + rto * 3 / 2)
            }
            GapKind::FastHeartbeat => (rto / 2, rto * 3 / 2),
        };
        if by == GapKind::FastHeartbeat && !fast {
            most += rto * 3 / 2;
            fast = true;
        }
        let gap = Gap {
            least,
            most: at_the_latest(most),
            rto,
            by,
        };
        errors = errors.saturating_add(1);
        rto = back_off(rto, &timing);
        Some(gap)
    })
}

/// The sum of these gaps in words.
pub(super) fn spell(gaps: &[Gap], timing: &Timing) -> String {
    let terms = |kind| -> Vec<Duration> {
        let of_kind = gaps.iter().filter(|gap| gap.by == kind);
        of_kind.map(|gap| gap.rto).collect()
    };
    let mut parts = Vec::new();
    let t3 = terms(GapKind::T3);
    if !t3.is_empty() {
        parts.push(format!("T3-rtx {}", joined(&t3)));
    }
    let idle = terms(GapKind::IdleHeartbeat);
    if !idle.is_empty() {
        parts.push(format!(
            "{} × HB.interval {} + RTO {} ±50 %",
            idle.len(),
            seconds(timing.heartbeat_interval),
            joined(&idle)
        ));
    }
    let fast = terms(GapKind::FastHeartbeat);
    if let Some(first) = fast.first() {
        parts.push(format!(
            "potentially failed: HEARTBEATs after up to {}, then {} ±50 %",
            seconds(*first * 3 / 2),
            joined(&fast)
        ));
    }
    parts.join(" + ")
}

/// From the first lost packet on a path, or the sign of life that restarted
/// its T3-rtx last, until it is declared unreachable: when more than Path.Max.Retrans
/// errors are counted (RFC 9260 section 8.2).
#[must_use]
pub fn failover(driver: Driver, rto: Duration, timing: &Timing) -> Bound {
    let gaps: Vec<Gap> = gaps(driver, rto, timing)
        .take(usize::from(timing.path_max_retrans) + 1)
        .collect();
    Bound {
        least: gaps.iter().map(|gap| gap.least).sum(),
        most: gaps.iter().map(|gap| gap.most).sum(),
        sum: spell(&gaps, timing),
    }
}

/// The same for a path that data has no alternative to. While HEARTBEATs probe
/// it, T3-rtx goes on for the data, and both count errors: the path may be
/// unreachable much sooner.
#[must_use]
pub fn failover_of_the_last(driver: Driver, rto: Duration, timing: &Timing) -> Bound {
    let with_alternative = failover(driver, rto, timing);
    let alone = Timing {
        association_max_retrans: timing.path_max_retrans,
        ..*timing
    };
    let together = association(&[rto], &alone);
    Bound {
        least: with_alternative.least.min(together.least),
        most: with_alternative.most,
        sum: format!("{}, T3-rtx going on meanwhile", with_alternative.sum),
    }
}

/// From the healing of a path until it is declared available: the next
/// HEARTBEAT is answered (RFC 9260 section 8.3).
#[must_use]
pub fn heartbeat(rto: Duration, round_trip: Duration, timing: &Timing) -> Bound {
    Bound {
        least: Duration::ZERO,
        most: at_the_latest(timing.heartbeat_interval + rto * 3 / 2) + round_trip,
        sum: format!(
            "HB.interval {} + RTO {} ±50 %",
            seconds(timing.heartbeat_interval),
            seconds(rto)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SLACK_PER_TERM;

    const SECOND: Duration = Duration::from_secs(1);

    fn defaults(potentially_failed: Option<u16>) -> Timing {
        Timing {
            potentially_failed,
            ..Timing::DEFAULT
        }
    }

    #[test]
    fn without_the_potentially_failed_state_data_finds_out_after_63_seconds() {
        let bound = failover(Driver::Data, SECOND, &defaults(None));
        assert_eq!(bound.sum, "T3-rtx 1+2+4+8+16+32");
        assert_eq!(bound.least, 63 * SECOND);
        assert_eq!(bound.most, 63 * SECOND * 9 / 8 + 6 * SLACK_PER_TERM);
    }

    #[test]
    fn a_potentially_failed_path_is_probed_by_heartbeats_with_jitter() {
        let bound = failover(Driver::Data, SECOND, &defaults(Some(0)));
        assert_eq!(
            bound.sum,
            "T3-rtx 1 + potentially failed: HEARTBEATs after up to 3, then 2+4+8+16+32 ±50 %"
        );
        assert_eq!(bound.least, 32 * SECOND);
        assert_eq!(bound.most, 97 * SECOND * 9 / 8 + 6 * SLACK_PER_TERM);
    }

    #[test]
    fn the_last_path_counts_the_errors_of_both_timers() {
        let bound = failover_of_the_last(Driver::Data, SECOND, &defaults(Some(0)));
        // 1 2 3 4 7 8: HEARTBEATs after 2 4 8, T3-rtx after 1 3 7.
        assert_eq!(bound.least, 8 * SECOND);
        assert_eq!(
            bound.most,
            failover(Driver::Data, SECOND, &defaults(Some(0))).most
        );
        // Without the potentially-failed state only T3-rtx counts.
        let bound = failover_of_the_last(Driver::Data, SECOND, &defaults(None));
        assert_eq!(bound.least, 63 * SECOND);
    }

    #[test]
    fn a_tuned_path_is_found_out_by_its_own_heartbeats() {
        let timing = Timing {
            heartbeat_interval: 5 * SECOND,
            path_max_retrans: 1,
            ..defaults(None)
        };
        let bound = failover(Driver::Heartbeats, SECOND, &timing);
        assert_eq!(bound.sum, "2 × HB.interval 5 + RTO 1+2 ±50 %");
        // 5 + 0.5, and 5 + 1.
        assert_eq!(bound.least.as_millis(), 11_500);
        let timers = Duration::from_millis(6500 + 8000);
        assert_eq!(bound.most, timers * 9 / 8 + 2 * SLACK_PER_TERM);
    }

    #[test]
    fn the_doubling_ends_at_rto_max() {
        let timing = Timing {
            rto_max: 4 * SECOND,
            ..defaults(None)
        };
        let bound = failover(Driver::Data, SECOND, &timing);
        assert_eq!(bound.sum, "T3-rtx 1+2+4+4+4+4");
    }
}
