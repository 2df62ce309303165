//! Judges `shutdown-bound`: an association ends by an answer to SHUTDOWN, by T2-shutdown
//! or by T5-shutdown-guard (RFC 9260 section 9.2).

use bounds::{Span, TimerKind};
use recording::{AssociationName, Direction, Time};
use wire::Chunk;

use super::guarded::Guarded;
use super::program::Ending;
use super::{Case, Judged, RIGHT, association};
use crate::slack::Slack;

/// Judges `shutdown-bound`: the shutdown is answered, or T2-shutdown runs out as often as
/// it may, or T5-shutdown-guard ends it.
pub(super) fn judge(case: &Case<'_, '_>) -> Result<Judged, String> {
    let endpoint = case.endpoint();
    let association = case
        .association()
        .ok_or_else(|| format!("{endpoint} had no association"))?;
    let timing = case
        .timeline
        .timers(endpoint, Some(&association), None, case.until())
        .ok_or_else(|| format!("{endpoint} never reported its timers"))?;
    if case.is_of_a_program() && case.seen.is_some() {
        let is_sent = Ends::of(case, &association).first.is_some();
        match case.ending(&association, case.until()) {
            Ending::Unshown => return Err(case.unshown()),
            otherwise @ Ending::Aborted(_) => {
                let words = format!("it was not shut down: {otherwise}");
                return Ok(Judged::failed(case.since, words));
            }
            Ending::Guarded if !is_sent => {
                return Err(
                    "T5-shutdown-guard ended the association before a SHUTDOWN was sent, and no \
                     packet shows when it was set"
                        .to_owned(),
                );
            }
            otherwise if !is_sent && !case.was_shutting_down(&association) => {
                let words = format!("no shutdown of it is on record: {otherwise}");
                return Ok(Judged::failed(case.since, words));
            }
            _ => {}
        }
    }
    if let Some(otherwise) = case.no_end_by_timers(&association) {
        let words = format!("it was not shut down: {otherwise}");
        return Ok(Judged::failed(case.since, words));
    }
    if case.is_hidden(None) && case.seen.is_some() {
        return Ok(case.by_forecast(
            &case.rtos(&association),
            &association,
            true,
            |stack, driver, rtos, timing| {
                let slowest = rtos
                    .iter()
                    .copied()
                    .max()
                    .unwrap_or(timing.rto_initial.into());
                let mut forecast = bounds::shutdown(stack, slowest, timing);
                // Before SHUTDOWN is sent, the DATA must be acknowledged, or the
                // association is given up.
                let given_up = bounds::association(stack, driver, &[slowest], timing);
                if given_up.never.is_none() {
                    forecast.interval.most = forecast.interval.most + given_up.interval.most;
                }
                forecast.interval.least = Span::ZERO;
                forecast
            },
        ));
    }
    let life = case.life(&association, case.until());
    if let Some((_, at)) = case.seen
        && let Some(guarded) = Guarded::of(case, &life, at)
    {
        return Ok(guarded.judge(case, &life));
    }
    let wrong = life.wrongs.iter().find(|wrong| wrong.at >= case.since);
    let ends = Ends::of(case, &association);
    let from = ends.first.unwrap_or(case.since);
    let guard = case.guard(&association);
    let t2: Vec<String> = life
        .expiries
        .iter()
        .filter(|it| it.timer == TimerKind::T2)
        .map(|it| format!("{} ({})", it.took(), it.allowance()))
        .collect();
    let sum = if t2.is_empty() {
        String::new()
    } else {
        format!("T2-shutdown {}; ", t2.join(" + "))
    };
    let Some((_, at)) = case.seen else {
        let judged = Judged::failed(from, format!("{RIGHT}: {sum}{}", ends.words()));
        return Ok(match (wrong, ends.first) {
            (Some(wrong), _) => Judged::wrong(from, wrong.words.clone()),
            (None, None) => judged.because(why_none_was_sent(&life)),
            (None, Some(_)) => judged.or_because(case.ending_of(&association)),
        });
    };
    let limit = u32::from(timing.association_max_retrans);
    // The record does not always show by which path's RTO T2 was set. It suffices that the
    // timer of one of these paths was due at that moment.
    let due_within = |late: Span| life.t2.iter().find(|t2| t2.is_due(at, late));
    let slack @ Slack { handling, notice } = case.slack();
    let t2_to_the_moment = due_within(Span::ZERO).or(due_within(handling));
    let any_due = association::running(&life).any(|timer| timer.is_due(at, notice.into()));
    let is_over = ends.last.is_some_and(|last| at <= last + notice);
    let silent = association::silent(&life, at, notice);
    let is_too_many = life.errors > limit && life.last_chance.is_none();
    let is_at_the_limit = limit <= life.errors + silent && !is_too_many;
    let is_exhausted = is_at_the_limit && (any_due || association::has_unseen(&life, at));
    let is_guarded = guard.is_some_and(|guard| {
        let own = life.shutdown.map(|first| Span::from(at - first));
        own.is_some_and(|own| own + Span::from(notice) >= guard.least)
    });
    let t2_due = match (t2_to_the_moment, is_guarded) {
        (None, false) => due_within(notice.into()),
        (due, _) => due,
    };
    // T2 runs until the shutdown is over. T2 is late only if it had to run out before that
    // by the RTO of every path that may have set it.
    let (over, late) = match ends.last.filter(|_| is_over) {
        Some(last) => (last, handling),
        None => (at, notice.into()),
    };
    let mut all_t2 = life.t2.iter();
    let is_late = !ends.begins_anew && all_t2.all(|t2| t2.is_overdue(over, late));
    let overdue = life.t2.iter().max_by_key(|t2| t2.latest());
    let overdue = overdue.filter(|_| is_late);
    let elapsed = Span::from(at - from);
    let (between, why) = if is_over {
        let last = Span::from(ends.last.unwrap_or(at) - from);
        (slack.noticed(last.min(elapsed), last), ends.words())
    } else if let (true, Some(t2)) = (is_exhausted, t2_due) {
        let set = Span::from(t2.at - from);
        (
            slack.noticed(set + t2.allowed.least, set + t2.allowed.most),
            format!(
                "T2-shutdown {} once more ({})",
                Span::from(at - t2.at),
                t2.allowed
            ),
        )
    } else if is_exhausted && life.shutdown.is_none() {
        // The association was given up while its DATA waited for acknowledgement.
        let counted = format!(
            "it was given up after {} errors, before a SHUTDOWN could be sent: DATA was not \
             acknowledged (RFC 9260 section 9.2)",
            life.errors
        );
        (slack.noticed(elapsed, elapsed), counted)
    } else if let (true, Some(guard)) = (is_guarded, guard) {
        (
            slack.noticed(guard.least, guard.most),
            case.stack.shutdown_guard.to_string(),
        )
    } else {
        let words = format!(
            "{sum}it was seen at {at}, when nothing had ended it: {}",
            ends.words()
        );
        return Ok(Judged::wrong(from, words));
    };
    let mut judged = Judged {
        clock: ends
            .first
            .map(|first| format!("the first SHUTDOWN at {first}")),
        between: Some(between),
        ..Judged::new(true, from, format!("{sum}{why}"))
    };
    if let Some(wrong) = wrong {
        judged.fail(wrong.words.clone());
    } else if let Some(overdue) = overdue {
        judged.fail(format!(
            "T2-shutdown was set at {} with RTO {} s, which allows {} s: nothing shows that it \
             ran out by {}",
            overdue.at,
            overdue.rto,
            overdue.allowed,
            overdue.latest()
        ));
    } else if !is_over && is_too_many {
        judged.fail(format!(
            "it went on after {} errors; Association.Max.Retrans is {limit}",
            life.errors
        ));
    }
    Ok(judged)
}

fn why_none_was_sent(life: &crate::life::Life) -> String {
    if life.was_never_up {
        "no SHUTDOWN was sent: the association was closed before its COOKIE ACK came, and was \
         removed at once"
            .to_owned()
    } else if life.has_outstanding {
        "no SHUTDOWN was sent: DATA is not acknowledged, and a SHUTDOWN waits for that \
         (RFC 9260 section 9.2)"
            .to_owned()
    } else {
        "no SHUTDOWN was sent".to_owned()
    }
}

/// The chunks of a shutdown that one end sent or received.
#[derive(Default)]
struct Ends {
    /// The time of the first SHUTDOWN, from either end.
    first: Option<Time>,
    /// The time of the last chunk that ends an association.
    last: Option<Time>,
    last_words: Option<&'static str>,
    /// Whether a COOKIE ECHO came after SHUTDOWN: the peer restarts the association, and
    /// T2 may have been stopped.
    begins_anew: bool,
}

impl Ends {
    fn of(case: &Case<'_, '_>, association: &AssociationName) -> Ends {
        let mut ends = Ends::default();
        for packet in case.timeline.packets_of(case.node(), association) {
            let at = packet.captured.at;
            if at > case.until() {
                break;
            }
            for chunk in &packet.sctp.chunks {
                let words = match (packet.captured.direction, chunk) {
                    (_, Chunk::Shutdown(_)) => {
                        ends.first.get_or_insert(at);
                        continue;
                    }
                    (Direction::In, Chunk::CookieEcho(_)) => {
                        ends.begins_anew = ends.first.is_some();
                        continue;
                    }
                    (Direction::In, Chunk::ShutdownAck(_)) => "SHUTDOWN ACK came",
                    (Direction::In, Chunk::ShutdownComplete(_)) => "SHUTDOWN COMPLETE came",
                    (Direction::In, Chunk::Abort(_)) => "ABORT came",
                    (Direction::Out, Chunk::ShutdownComplete(_)) => "SHUTDOWN COMPLETE was sent",
                    _ => continue,
                };
                (ends.last, ends.last_words) = (Some(at), Some(words));
            }
        }
        ends
    }

    fn words(&self) -> String {
        match (self.first, self.last, self.last_words) {
            (None, _, _) => "no SHUTDOWN is on record".to_owned(),
            (Some(_), Some(last), Some(words)) => format!("{words} at {last}"),
            (Some(first), _, _) => format!("SHUTDOWN at {first}, and no answer"),
        }
    }
}
