use std::net::IpAddr;
use std::time::Duration;

use bounds::{Span, TimerKind};
use recording::{AssociationName, Direction, Time};
use wire::Chunk;

use super::{Case, Judged, NOTICE, RIGHT};
use crate::life::Life;

/// The next HEARTBEAT of the path, from its timer on, is answered.
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
            case.by_forecast(&rtos, &association, |stack, _, _, timing| {
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
        return Ok(Judged::failed(case.since, wrong.words.clone()));
    }
    let Some((_, at)) = case.seen else {
        let mut asked = life
            .expiries
            .iter()
            .filter(|it| it.path == path && it.at >= case.since && it.timer != TimerKind::T3);
        let words = match asked.next_back() {
            Some(last) => format!(
                "{RIGHT}: the last HEARTBEAT to {path} was sent at {}",
                last.at
            ),
            None => format!("{RIGHT}: no HEARTBEAT was sent to {path}"),
        };
        let judged = Judged::failed(case.since, words);
        let off = life.paths.get(&path).is_some_and(|end| !end.heartbeats);
        return Ok(if off {
            judged.because(format!("HEARTBEATs of {path} are off: nothing probes it"))
        } else {
            judged
        });
    };
    if let Some(judged) = by_a_sack(case, &life, path, at) {
        return Ok(judged);
    }
    let asked = life
        .expiries
        .iter()
        .rfind(|it| it.path == path && it.timer != TimerKind::T3 && it.at <= at);
    let Some(asked) = asked else {
        return Ok(Judged::failed(
            case.since,
            format!("no HEARTBEAT to {path} is on record before it"),
        ));
    };
    let answer = Span::from(at - asked.at);
    let round_trip = case
        .timeline
        .paths_of(endpoint, Some(&association), at)
        .into_iter()
        .find(|sample| sample.address == path)
        .map_or(Span::ZERO, |it| Span::from_millis(it.rto_ms.into()));
    let set = Span::from(asked.set - case.since);
    let passed = Span::from(case.since - asked.set);
    let least = asked.allowed.least + set - passed;
    let most = asked.allowed.most + set - passed + round_trip;
    let mut judged = Judged {
        passed: true,
        from: case.since,
        clock: None,
        between: Some((least.into(), Duration::from(most) + NOTICE)),
        words: format!(
            "{}, set at {}, {} s ({}), and its answer within {round_trip}",
            asked.timer,
            asked.set,
            asked.took(),
            asked.allowed
        ),
        cause: None,
    };
    if let Some(ignored) = unanswered(case, &association, path, asked.at) {
        judged.fail(format!(
            "the HEARTBEAT of {ignored} arrived and was not answered, and the path was \
             available only after the next"
        ));
    } else if answer > round_trip + Span::from(NOTICE) {
        judged.fail(format!(
            "it was seen {answer} s after the last HEARTBEAT to {path}"
        ));
    }
    Ok(judged)
}

/// A SACK that comes from an unreachable address makes it available, too, where it
/// acknowledges DATA that was sent there last. T3-rtx of some path sent it there.
fn by_a_sack(case: &Case<'_, '_>, life: &Life, path: IpAddr, at: Time) -> Option<Judged> {
    let healed = life.healed.iter().rfind(|it| it.path == path)?;
    if at > healed.at + NOTICE || healed.at < case.since {
        return None;
    }
    let after = healed.at - case.since;
    let mut judged = Judged {
        passed: true,
        from: case.since,
        clock: None,
        between: Some((after, after + NOTICE)),
        words: format!(
            "no timer of its own: {} at {} (Linux net/sctp/outqueue.c, sctp_check_transmitted)",
            healed.why, healed.at
        ),
        cause: None,
    };
    if let Some(wrong) = life.wrongs.iter().find(|wrong| wrong.at >= case.since) {
        judged.fail(wrong.words.clone());
    }
    Some(judged)
}

/// A HEARTBEAT that arrived after the path was whole again, and was not answered though
/// nothing took its answer, before the one that was sent last.
fn unanswered(
    case: &Case<'_, '_>,
    association: &AssociationName,
    path: IpAddr,
    last: Time,
) -> Option<Time> {
    let timeline = case.timeline;
    let heartbeats = |chunks: &[Chunk]| {
        let info = |chunk: &Chunk| match chunk {
            Chunk::Heartbeat(heartbeat) => Some(heartbeat.info.clone()),
            _ => None,
        };
        chunks.iter().find_map(info)
    };
    let answers = |chunks: &[Chunk]| {
        let info = |chunk: &Chunk| match chunk {
            Chunk::HeartbeatAck(ack) => Some(ack.info.clone()),
            _ => None,
        };
        chunks.iter().find_map(info)
    };
    let mut own = timeline.packets_of(case.node(), association).filter(|it| {
        it.captured.direction == Direction::Out
            && it.destination == path
            && it.captured.at >= case.since
            && it.captured.at < last
    });
    own.find_map(|packet| {
        let info = heartbeats(&packet.sctp.chunks)?;
        // Somebody else took it in, and sent no answer that was lost.
        let arrived = timeline.packets.iter().any(|it| {
            it.captured.direction == Direction::In
                && it.captured.at >= packet.captured.at
                && it.destination == path
                && heartbeats(&it.sctp.chunks).as_ref() == Some(&info)
        });
        let answered = timeline
            .packets
            .iter()
            .any(|it| answers(&it.sctp.chunks).as_ref() == Some(&info) && it.captured.at < last);
        (arrived && !answered).then_some(packet.captured.at)
    })
}
