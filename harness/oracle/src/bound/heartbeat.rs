//! Judges `heartbeat-bound`: the answer to a HEARTBEAT makes a repaired path available
//! (RFC 9260 section 8.3).

use std::net::IpAddr;

use bounds::Span;
use bytes::Bytes;
use recording::{AssociationName, Direction, Time};
use wire::Chunk;

use super::failover::HELD_BACK;
use super::{Case, Judged, RIGHT};
use crate::life::{Healed, Life};
use crate::timeline::SctpPacket;

/// Judges `heartbeat-bound`: the path becomes available by the answer to the next
/// HEARTBEAT after the path was repaired.
pub(super) fn judge(case: &Case<'_, '_>) -> Result<Judged, String> {
    let path = case.address().ok_or("the expectation names no address")?;
    let endpoint = case.endpoint();
    let association = case
        .association()
        .ok_or_else(|| format!("{endpoint} had no path to {path}"))?;
    let until = case.until();
    if case.seen.is_some() && case.is_hidden(Some(path)) {
        let rtos = case.rto(&association, path);
        return Ok(
            case.by_forecast(&rtos, &association, false, |stack, _, _, timing| {
                let longest = timing.rto_max.into();
                bounds::heartbeat(stack, longest, longest, timing)
            }),
        );
    }
    let life = case.life(&association, until);
    let wrong = life
        .wrongs
        .iter()
        .find(|wrong| wrong.path == path && wrong.at >= case.since);
    if let Some(wrong) = wrong {
        return Ok(Judged::wrong(case.since, wrong.words.clone()));
    }
    let Some((_, at)) = case.seen else {
        let asked = life
            .expiries
            .iter()
            .filter(|it| it.path == path && it.at >= case.since && it.timer.is_of_heartbeats());
        let words = match asked.clone().next_back() {
            Some(last) => format!(
                "{RIGHT}: the last HEARTBEAT to {path} was sent at {}",
                last.at
            ),
            None => format!("{RIGHT}: no HEARTBEAT was sent to {path}"),
        };
        let judged = Judged::failed(case.since, words).timed(asked);
        let off = life.paths.get(&path).is_some_and(|end| !end.heartbeats);
        return Ok(if off {
            judged.because(format!("HEARTBEATs of {path} are off: nothing probes it"))
        } else {
            let ending = case.ending_of(&association);
            judged.or_because(ending.or_else(|| lost(case, &association, path)))
        });
    };
    let healed = life
        .healed
        .iter()
        .rfind(|it| it.path == path && it.at >= case.since);
    let asked = match healed {
        Some(healed) => match healed.asked {
            Some(asked) => Some(asked),
            None => return Ok(by_a_sack(case, &life, healed, at)),
        },
        None => None,
    };
    let sent = life.expiries.iter().rfind(|it| {
        let is_heartbeat = it.path == path && it.timer.is_of_heartbeats();
        is_heartbeat && it.at <= asked.unwrap_or(at)
    });
    let Some(sent) = sent else {
        return Ok(Judged::failed(
            case.since,
            format!("no HEARTBEAT to {path} is on record before it"),
        ));
    };
    let answered = healed.map_or(at, |healed| healed.at);
    let round_trip = Span::from(answered - sent.at);
    let set = Span::from(sent.set - case.since);
    let passed = Span::from(case.since - sent.set);
    let least = sent.allowed.least + set - passed;
    let most = sent.allowed.most + set - passed + round_trip;
    let mut judged = Judged {
        between: Some(case.slack().noticed(least, most)),
        ..Judged::new(
            true,
            case.since,
            format!(
                "{}, set at {}, {} s ({}), and its answer after {round_trip}",
                sent.timer,
                sent.set,
                sent.took(),
                sent.allowance()
            ),
        )
    };
    judged = judged.timed([sent]);
    if let Some(ignored) = unanswered(case, &association, path, sent.at) {
        judged.fail(format!(
            "the HEARTBEAT of {ignored} arrived and was not answered, and the path was \
             available only after the next"
        ));
    } else if at - answered > case.slack().notice
        && case.was_held_back(&association, path, "SCTP_ACTIVE", answered, at)
    {
        judged.words += HELD_BACK;
        judged.between = None;
    } else if at - answered > case.slack().notice {
        judged.fail(format!(
            "it was seen {} s after the HEARTBEAT ACK of {path}",
            Span::from(at - answered)
        ));
    }
    Ok(judged)
}

/// Judges a path that a SACK made available. A SACK from an unreachable address makes the
/// path available where it acknowledges DATA that was sent to that address last, as after
/// T3-rtx of another path.
fn by_a_sack(case: &Case<'_, '_>, life: &Life, healed: &Healed, at: Time) -> Judged {
    let after = Span::from(healed.at - case.since);
    let mut judged = Judged {
        between: Some(case.slack().noticed(after, after)),
        ..Judged::new(
            true,
            case.since,
            format!(
                "no timer of its own: {} at {} (Linux net/sctp/outqueue.c, sctp_check_transmitted)",
                healed.why, healed.at
            ),
        )
    };
    if let Some(wrong) = life.wrongs.iter().find(|wrong| wrong.at >= case.since) {
        judged.fail(wrong.words.clone());
    } else if at - healed.at > case.slack().notice {
        judged.fail(format!(
            "it was seen {} s after it",
            Span::from(at - healed.at)
        ));
    }
    judged
}

/// A HEARTBEAT that arrived after the repair and got no answer, although no fault took an
/// answer. The HEARTBEAT that was sent at `last` is left out.
fn unanswered(
    case: &Case<'_, '_>,
    association: &AssociationName,
    path: IpAddr,
    last: Time,
) -> Option<Time> {
    let mut asked = asked(case, association, path).filter(|(at, _)| *at < last);
    let ignored = asked.find(|(_, info)| {
        // An answer that left the peer and was lost is no missing answer.
        let mut answers = packets_with(case, |chunks| answer(chunks) == Some(info));
        arrived(case, info) && !answers.any(|it| it.captured.at < last)
    });
    ignored.map(|(at, _)| at)
}

/// What became of the last HEARTBEAT since the repair, where the HEARTBEAT or its answer
/// never arrived.
fn lost(case: &Case<'_, '_>, association: &AssociationName, path: IpAddr) -> Option<String> {
    let (at, info) = asked(case, association, path).last()?;
    if !arrived(case, info) {
        return Some(format!("the HEARTBEAT of {at} to {path} never arrived"));
    }
    let mut answers = packets_with(case, |chunks| answer(chunks) == Some(info));
    answers.next()?;
    Some(format!(
        "the answer to the HEARTBEAT of {at} to {path} never arrived"
    ))
}

/// The HEARTBEATs that were sent to the path since its repair: the time of each, and the
/// Heartbeat Information that its answer must return.
fn asked<'c>(
    case: &'c Case<'_, '_>,
    association: &'c AssociationName,
    path: IpAddr,
) -> impl Iterator<Item = (Time, &'c Bytes)> {
    let own = case.timeline.packets_of(case.node(), association);
    let own = own.filter(move |it| {
        it.captured.direction == Direction::Out
            && it.destination == path
            && it.captured.at >= case.since
            && it.captured.at <= case.until()
    });
    own.filter_map(|it| Some((it.captured.at, question(&it.sctp.chunks)?)))
}

fn arrived(case: &Case<'_, '_>, info: &Bytes) -> bool {
    packets_with(case, |chunks| question(chunks) == Some(info))
        .any(|it| it.captured.direction == Direction::In)
}

fn packets_with<'c, 't>(
    case: &'c Case<'_, 't>,
    has: impl Fn(&[Chunk]) -> bool + 'c,
) -> impl Iterator<Item = &'c SctpPacket<'t>> {
    let packets = case.timeline.packets.iter();
    packets.filter(move |it| has(&it.sctp.chunks))
}

fn question(chunks: &[Chunk]) -> Option<&Bytes> {
    chunks.iter().find_map(|chunk| match chunk {
        Chunk::Heartbeat(heartbeat) => Some(&heartbeat.info),
        _ => None,
    })
}

fn answer(chunks: &[Chunk]) -> Option<&Bytes> {
    chunks.iter().find_map(|chunk| match chunk {
        Chunk::HeartbeatAck(ack) => Some(&ack.info),
        _ => None,
    })
}
