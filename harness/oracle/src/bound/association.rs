//! Judges `association-bound`: an association is given up when its errors exceed
//! Association.Max.Retrans (RFC 9260 section 8.1).

use std::time::Duration;

use bounds::Span;
use recording::{AssociationName, Time};

use super::guarded::Guarded;
use super::program::Ending;
use super::{Case, Judged, RIGHT};
use crate::life::{Armed, AtTheEnd, Life};

pub(super) fn judge(case: &Case<'_, '_>) -> Result<Judged, String> {
    let endpoint = case.endpoint();
    let Some((_, at)) = case.seen else {
        return not_seen(case);
    };
    let association = case
        .association()
        .ok_or_else(|| format!("{endpoint} had no association"))?;
    let limit = limit(case, &association, at)?;
    if case.is_of_a_program() {
        match case.ending(&association, at) {
            Ending::GivenUp | Ending::AbortedByPeer(_) => {}
            Ending::Unshown => return Err(case.unshown()),
            otherwise => {
                let words = format!("its kernel did not give it up: {otherwise}");
                return Ok(Judged::failed(case.since, words));
            }
        }
    }
    if let Some(otherwise) = case.no_end_by_timers(&association) {
        let words = format!("its kernel did not give it up: {otherwise}");
        return Ok(Judged::failed(case.since, words));
    }
    if let Some(aborted) = case.aborted(&association, at) {
        let mut judged = Judged::new(
            true,
            case.since,
            format!("no timer: an ABORT of the peer came at {aborted}"),
        );
        let life = case.life(&association, aborted);
        if let Some(wrong) = life.wrongs.iter().find(|wrong| wrong.at >= case.since) {
            judged.fail(wrong.words.clone());
        }
        return Ok(judged);
    }
    if case.is_hidden(None) {
        let rtos: Vec<Span> = case.rtos(&association);
        return Ok(
            case.by_forecast(&rtos, &association, true, |stack, driver, rtos, timing| {
                // New data may move from path to path, or stay on one.
                let mut forecast = bounds::association(stack, driver, rtos, timing);
                for rto in rtos {
                    let one = bounds::association(stack, driver, &[*rto], timing);
                    if forecast.never.is_some() {
                        forecast = one;
                    } else if one.never.is_none() {
                        forecast.interval = forecast.interval.hull(one.interval);
                    }
                }
                let shortest = rtos.iter().copied().min().unwrap_or(Span::ZERO);
                let errors = timing.association_max_retrans + 1;
                let all = case.soonest_of_all(stack, rtos.len(), errors, shortest, timing);
                if let Some(all) = all {
                    forecast.interval.least = forecast.interval.least.min(all);
                }
                // T5-shutdown-guard may end it before the errors do.
                if case.was_shutting_down(&association) {
                    forecast.interval.least = Span::ZERO;
                }
                forecast
            }),
        );
    }
    let notice = case.slack().notice;
    let life = case.life(&association, at);
    if let Some(guarded) = Guarded::of(case, &life, at) {
        return Ok(guarded.judge(case, &life));
    }
    // A shutdown that takes too long ends the association before its errors do.
    let is_by_errors = life.errors + silent(&life, at, notice) >= limit
        && due_at(&life, at, notice).next().is_some();
    if let Some(guarded) = Guarded::of_shutdown(case, &life, at).filter(|_| !is_by_errors) {
        return Ok(guarded.judge(case, &life));
    }
    let reset = life.last_reset(None, at).map(|reset| reset.at);
    let counted: Vec<_> = life
        .expiries
        .iter()
        .filter(|it| it.errors.is_some() && reset.is_none_or(|reset| it.at > reset))
        .collect();
    let from = counted.first().map_or(case.since, |first| first.set);
    let mut parts: Vec<String> = counted
        .iter()
        .map(|it| {
            format!(
                "{} {} at {} ({} of {})",
                it.timer,
                it.path,
                it.at,
                it.took(),
                it.allowance()
            )
        })
        .collect();
    let due = due_at(&life, at, notice).min_by_key(|timer| timer.allowed.most);
    if let Some(due) = due {
        let took = Span::from(at - due.at);
        parts.push(format!("{} {took} ({})", due.timer, due.allowed));
    }
    let silent = silent(&life, at, notice);
    let unseen = limit.saturating_sub(life.errors);
    if (1..=silent).contains(&unseen) {
        parts.push(format!("and {unseen} more that no packet shows"));
    }
    let elapsed = Span::from(at - from);
    let mut judged = Judged {
        clock: Some(format!(
            "the first timer that was not answered, set at {from}"
        )),
        between: due.map(|due| {
            let set = Span::from(due.at - from);
            let least = (set + due.allowed.least).min(elapsed);
            case.slack().noticed(least, set + due.allowed.most)
        }),
        ..Judged::new(
            true,
            from,
            format!(
                "{} errors on all paths: {}",
                counted.len(),
                parts.join(", ")
            ),
        )
    };
    judged = judged.timed(counted.iter().copied());
    judged.timers.extend(due.map(|due| due.timer));
    let has_unseen = has_unseen(&life, at);
    let is_too_many = life.errors > limit && life.last_chance.is_none();
    let wrong = life.wrongs.iter().find(|wrong| wrong.at >= from);
    if let Some(wrong) = wrong {
        judged.fail(wrong.words.clone());
    } else if is_too_many || life.errors + silent < limit {
        judged.fail(format!(
            "it was given up after {} errors and one more timer; Association.Max.Retrans is \
             {limit}",
            life.errors
        ));
    } else if due.is_none() && silent == 0 && !has_unseen {
        judged.fail(format!(
            "it was given up at {at}, when none of its timers could run out"
        ));
    }
    Ok(judged)
}

/// The greatest number of errors that were counted without a packet that shows them,
/// before the association was given up at `at`.
///
/// Several timers can run out in one tick of the timer wheel. Beside the timer whose
/// error ended the association, that may be a T3-rtx whose retransmission the congestion
/// window held back.
pub(super) fn silent(life: &Life, at: Time, notice: Duration) -> u32 {
    let before: u32 = life.paths.values().map(|path| path.silent).sum();
    let held_back = life.paths.values().filter(|path| path.is_held_back);
    let t3 = held_back.filter_map(|path| path.t3.or(path.perhaps));
    let t3 = t3.filter(|timer| timer.is_due(at, notice.into()));
    let besides = due_at(life, at, notice).skip(1).count().min(t3.count());
    before + u32::try_from(besides).unwrap_or(u32::MAX)
}

fn due_at(life: &Life, at: Time, notice: Duration) -> impl Iterator<Item = Armed> {
    running(life).filter(move |timer| timer.is_due(at, notice.into()))
}

/// Whether a timer that no packet shows may have run out at `at`. Such a timer belongs to a
/// path to which nothing can be sent: the path lacks a route, or its HEARTBEATs are off.
pub(super) fn has_unseen(life: &Life, at: Time) -> bool {
    let is_unseen = |path: &AtTheEnd| {
        path.heartbeat.is_none_or(|timer| timer.latest() < at) || !path.heartbeats
    };
    life.paths.values().any(is_unseen)
}

/// The timers that were running when the record ended.
pub(super) fn running(life: &Life) -> impl Iterator<Item = Armed> {
    let of_paths = life.paths.values().flat_map(|path| {
        [path.t3, path.heartbeat, path.perhaps]
            .into_iter()
            .flatten()
    });
    of_paths.chain(life.t2.iter().chain(&life.requests).copied())
}

fn limit(case: &Case<'_, '_>, association: &AssociationName, at: Time) -> Result<u32, String> {
    let endpoint = case.endpoint();
    let timing = case.timeline.timers(endpoint, Some(association), None, at);
    timing
        .map(|timing| timing.association_max_retrans.into())
        .ok_or_else(|| format!("{endpoint} never reported its timers"))
}

/// Judges an expectation that was not met: no association of the endpoint was given up.
/// The association with the most errors explains it, or else the one whose error count
/// was cleared most often.
fn not_seen(case: &Case<'_, '_>) -> Result<Judged, String> {
    let lives = case.candidates().into_iter().map(|association| {
        let life = case.life(&association, case.ended);
        let resets = life.resets.iter().filter(|reset| reset.at >= case.since);
        ((life.errors, resets.count()), association, life)
    });
    let Some(((errors, _), association, life)) = lives.max_by_key(|(key, _, _)| *key) else {
        return Err(format!("{} had no association", case.endpoint()));
    };
    let limit = limit(case, &association, case.ended)?;
    if let Some(wrong) = life.wrongs.iter().find(|wrong| wrong.at >= case.since) {
        return Ok(Judged::wrong(case.since, wrong.words.clone()));
    }
    let judged = Judged::failed(
        case.since,
        format!(
            "{RIGHT}: {errors} of the {} errors that it takes were counted",
            limit + 1
        ),
    )
    .timed(life.expiries.iter().filter(|it| it.at >= case.since));
    if let Some(ending) = case.ending_of(&association) {
        return Ok(judged.because(ending));
    }
    let mut resets = life.resets.iter().filter(|reset| reset.at >= case.since);
    if let Some(last) = resets.next_back() {
        return Ok(judged.because(format!(
            "the count went back to 0 at {}: {} (RFC 9260 section 8.1)",
            last.at, last.why
        )));
    }
    // A HEARTBEAT to an unconfirmed path counts no error for the association.
    let is_silent = |path: &AtTheEnd| {
        (!path.heartbeats || path.state == "SCTP_UNCONFIRMED") && path.t3.is_none()
    };
    if life.paths.values().all(is_silent) {
        return Ok(judged.because(
            "HEARTBEATs of all confirmed paths are off and no data is sent: no error is counted",
        ));
    }
    Ok(judged)
}
