//! Judges `failover-bound`: a path is unreachable when its errors exceed Path.Max.Retrans
//! (RFC 9260 section 8.2).

use std::net::IpAddr;

use bounds::{Driver, Span, Stack, Timing};
use recording::{AssociationName, Time};

use super::chain::Chain;
use super::{Case, Judged, RIGHT};
use crate::cause;
use crate::life::{Expiry, Life};

/// What a verdict adds where the notification came with the end of a message.
pub(super) const HELD_BACK: &str = "; the notification waited for the end of a message that was \
                                    delivered in parts (Linux net/sctp/ulpqueue.c, \
                                    sctp_ulpq_tail_event)";

pub(super) fn judge(case: &Case<'_, '_>) -> Result<Judged, String> {
    let path = case.address().ok_or("the expectation names no address")?;
    let endpoint = case.endpoint();
    let association = case
        .association()
        .ok_or_else(|| format!("{endpoint} had no path to {path}"))?;
    let until = case.until();
    let timing = case
        .timeline
        .timers(endpoint, Some(&association), Some(path), until)
        .ok_or_else(|| format!("{endpoint} never reported its timers"))?;
    if case.seen.is_some() && case.is_hidden(Some(path)) {
        let rtos = case.rto(&association, path);
        return Ok(
            case.by_forecast(&rtos, &association, true, |stack, driver, rtos, timing| {
                let rto = rtos.first().copied().unwrap_or(timing.rto_initial.into());
                let mut forecast = bounds::failover(stack, driver, rto, timing);
                let both = soonest_of_both(stack, rto, timing);
                forecast.interval.least = forecast.interval.least.min(both);
                let errors = timing.path_max_retrans + 1;
                if let Some(all) = case.soonest_of_all(stack, 1, errors, rto, timing) {
                    forecast.interval.least = forecast.interval.least.min(all);
                }
                forecast
            }),
        );
    }
    let life = case.life(&association, until);
    let limit = u32::from(timing.path_max_retrans);
    match case.seen {
        Some((_, at)) => Ok(seen(case, &association, &life, path, limit, at)),
        None => {
            let ending = case.ending_of(&association);
            let judged = not_seen(case, &life, path, limit);
            Ok(judged.or_because(ending))
        }
    }
}

/// The shortest time in which T3-rtx and HEARTBEATs together can count the errors that
/// make a path unreachable: T3-rtx counts some of them, HEARTBEATs the rest.
fn soonest_of_both(stack: &Stack, rto: Span, timing: &Timing) -> Span {
    let needed = timing.path_max_retrans + 1;
    let pause = stack.heartbeat_timeout(None, rto);
    let shared = (1..=needed).map(|by_data| {
        let timing = Timing {
            path_max_retrans: by_data - 1,
            potentially_failed: None,
            ..*timing
        };
        let data = bounds::failover(stack, Driver::Data, rto, &timing).interval;
        data.least.max(pause * u64::from(needed - by_data))
    });
    shared.min().unwrap_or(Span::ZERO)
}

fn seen(
    case: &Case<'_, '_>,
    association: &AssociationName,
    life: &Life,
    path: IpAddr,
    limit: u32,
    at: Time,
) -> Judged {
    let Some(chain) = Chain::of(life, path, at) else {
        let words = format!("no error of {path} is on record before it");
        return Judged::failed(case.since, words);
    };
    let mut judged = Judged {
        clock: Some(clock(&chain)),
        between: Some(chain.between(case.slack())),
        ..Judged::new(
            true,
            chain.from,
            format!("{} errors: {}", chain.errors(), chain.sum()),
        )
    };
    judged = judged.timed(chain.expiries.iter().copied());
    let end = life.paths.get(&path);
    let silent = end.map_or(0, |path| path.silent);
    // The last T3-rtx may have run out without a packet that shows it.
    let ends_silently = end
        .and_then(|end| end.t3)
        .is_some_and(|t3| t3.is_due(at, case.slack().notice.into()));
    let (counted, needed) = (chain.errors(), limit + 1);
    // The error that exceeds Path.Max.Retrans makes the path unreachable. Later expiries
    // of its timers come too late to be its cause.
    let too_many = |it: &&&Expiry| it.errors.is_some_and(|errors| errors >= needed);
    let decisive = chain.expiries.iter().find(too_many).copied();
    let last = decisive.or(chain.last()).map_or(at, |last| last.at);
    let wrong = life
        .wrongs
        .iter()
        .find(|wrong| wrong.path == path && wrong.at >= chain.from);
    if let Some(wrong) = wrong {
        judged.fail(wrong.words.clone());
    } else if ends_silently && counted + 1 == needed {
        judged.words += " + a T3-rtx expiry that sent nothing";
        judged.between = None;
    } else if counted > needed || counted + silent < needed {
        judged.fail(format!(
            "it was declared unreachable after {counted} errors; Path.Max.Retrans is {limit}, \
             which takes {needed}"
        ));
    } else if at - last > case.slack().notice
        && case.was_held_back(association, path, "SCTP_INACTIVE", last, at)
    {
        judged.words += HELD_BACK;
        judged.between = None;
    } else if at - last > case.slack().notice && silent == 0 && !chain.ends_silently() {
        judged.fail(format!(
            "it was declared unreachable {} s after error {counted}",
            Span::from(at - last)
        ));
    }
    judged
}

fn clock(chain: &Chain<'_>) -> String {
    let first = chain.expiries.first();
    match first.map(|first| first.timer) {
        Some(timer) if !timer.is_of_heartbeats() => format!("{timer} set at {}", chain.from),
        _ => format!("the first lost HEARTBEAT at {}", chain.from),
    }
}

fn not_seen(case: &Case<'_, '_>, life: &Life, path: IpAddr, limit: u32) -> Judged {
    let wrong = life
        .wrongs
        .iter()
        .find(|wrong| wrong.path == path && wrong.at >= case.since);
    if let Some(wrong) = wrong {
        return Judged::wrong(case.since, wrong.words.clone());
    }
    let needed = limit + 1;
    let chain = Chain::of(life, path, case.ended)
        .filter(|chain| chain.expiries.iter().any(|it| it.at >= case.since));
    let counted = chain.as_ref().map_or(0, Chain::errors);
    let sum = chain.as_ref();
    let sum = sum.map_or_else(String::new, |chain| format!(": {}", chain.sum()));
    let judged = Judged::failed(
        case.since,
        format!("{RIGHT}: {counted} of the {needed} errors that it takes were counted{sum}"),
    )
    .timed(
        chain
            .iter()
            .flat_map(|chain| chain.expiries.iter().copied()),
    );
    let cause = case.why_no_error(life, path);
    match cause {
        Some(cause) => judged.because(cause),
        None => judged,
    }
}

impl Case<'_, '_> {
    /// The reason why a path counts no further error, where the record shows it.
    pub(super) fn why_no_error(&self, life: &Life, path: IpAddr) -> Option<String> {
        let end = life.paths.get(&path)?;
        let mut resets = life
            .resets
            .iter()
            .filter(|reset| reset.path == path && reset.at >= self.since && reset.errors > 0);
        if let Some(first) = resets.next() {
            let last = resets.clone().next_back().unwrap_or(first);
            let times = 1 + resets.count();
            return Some(format!(
                "the count of {path} went back to 0 {times} times, last at {}: {} \
                 (RFC 9260 section 8.2)",
                last.at, last.why
            ));
        }
        // Where no fault took a packet, that is the cause, and `cause` names it.
        if let Some(at) = end.acknowledged.filter(|at| *at >= self.since)
            && end.errors == 0
            && cause::has_taken(self.timeline, path, self.since)
        {
            return Some(format!(
                "DATA that went to {path} was acknowledged, last at {at}, and while DATA goes \
                 there no HEARTBEAT does: no error is counted"
            ));
        }
        if end.state == "SCTP_INACTIVE" {
            return Some(format!("{path} was unreachable already"));
        }
        if end.state == "SCTP_UNCONFIRMED" {
            return Some(format!(
                "the path to {path} was never confirmed: an unconfirmed path does not become \
                 unreachable"
            ));
        }
        if !end.heartbeats && end.t3.is_none() {
            return Some(if end.errors > 0 {
                format!(
                    "HEARTBEATs of {path} are off, and data goes elsewhere since error {}: no \
                     further error is counted",
                    end.errors
                )
            } else {
                format!(
                    "HEARTBEATs of {path} are off and no data is sent there: no error is counted"
                )
            });
        }
        None
    }
}
