//! The forecast of a failed association: the time until more than Association.Max.Retrans
//! errors in a row are counted on all its paths together.

use super::series::Series;
use super::{Driver, Forecast, Gap, failover};
use crate::{Interval, Span, Stack, Timing};

/// Forecasts the time from the first lost packet, when the last working path fails, until
/// the association is given up: more than Association.Max.Retrans errors in a row, on all
/// paths together (RFC 9260 section 8.1). `paths` has the RTO of every path.
///
/// In the fastest case, all paths begin at once, and T3-rtx continues beside the
/// HEARTBEATs of a potentially failed path, since data has no other path. In the slowest
/// case, each path begins only when the data comes to it, after a time-out on the path
/// before.
#[must_use]
pub fn association(stack: &Stack, driver: Driver, paths: &[Span], timing: &Timing) -> Forecast {
    let errors = u32::from(timing.association_max_retrans) + 1;
    let (mut soonest, mut latest) = (Vec::new(), Vec::new());
    let mut longest: Vec<Gap> = Vec::new();
    let mut delay = Span::ZERO;
    for rto in paths {
        let own = upto(Series::new(stack, timing, driver, *rto), errors);
        soonest.extend(moments(&own, Span::ZERO, |interval| interval.least));
        latest.extend(moments(&own, delay, |interval| interval.most));
        if driver == Driver::Data {
            let t3_alone = Timing {
                potentially_failed: None,
                path_max_retrans: u16::MAX,
                ..*timing
            };
            let data = upto(Series::new(stack, &t3_alone, driver, *rto), errors);
            // The first of these errors is already counted among the errors of the path.
            soonest.extend(moments(&data, Span::ZERO, |interval| interval.least).skip(1));
            if paths.len() == 1 {
                latest = moments(&data, Span::ZERO, |interval| interval.most).collect();
            }
            delay = delay + stack.expiry(*rto).most;
        }
        if own.len() > longest.len() {
            longest = own;
        }
    }
    let mut rules = failover::rules(stack, &longest);
    rules.push(stack.association_errors.to_string());
    rules.push(stack.giving_up.to_string());
    let nth = |moments: Vec<Span>| {
        let mut moments = moments;
        moments.sort();
        let place = usize::try_from(errors - 1).unwrap_or(usize::MAX);
        moments.get(place).copied()
    };
    match (nth(soonest), nth(latest)) {
        (Some(least), Some(most)) => Forecast {
            interval: Interval { least, most },
            ..Forecast::of(stack, longest, rules)
        },
        _ => {
            let why = "no timer is left that could count an error: HEARTBEATs are off and \
                       no data is sent";
            Forecast::never(stack, longest, why, rules)
        }
    }
}

/// The timers up to this number of errors.
fn upto(series: Series<'_>, errors: u32) -> Vec<Gap> {
    let mut gaps = Vec::new();
    for gap in series {
        gaps.push(gap);
        if gap.errors == Some(errors) {
            break;
        }
    }
    gaps
}

/// The times of the errors, counted from the first lost packet of the first path.
fn moments(
    gaps: &[Gap],
    from: Span,
    length: impl Fn(Interval) -> Span,
) -> impl Iterator<Item = Span> {
    let mut at = from;
    gaps.iter().filter_map(move |gap| {
        at = at + length(gap.interval);
        gap.errors.map(|_| at)
    })
}
