use bounds::{Span, TimerKind};
use std::time::Duration;

use super::{Case, Judged, NOTICE, RIGHT};

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
    if answer > round_trip + Span::from(NOTICE) {
        judged.fail(format!(
            "it was seen {answer} s after the last HEARTBEAT to {path}"
        ));
    }
    Ok(judged)
}
