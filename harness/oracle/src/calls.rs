use recording::Event;
use scenario::CallCount;

use super::nearest::Nearest;
use super::timeline::Timeline;
use super::verdict::Judgement;

/// `None` if the run never came to the window.
pub(crate) fn judge(timeline: &Timeline<'_>, wanted: &CallCount) -> Option<Judgement> {
    let (from, to) = timeline.span(&wanted.window)?;
    let mut seen = 0;
    let mut others = Nearest::default();
    let inside = timeline
        .observations()
        .filter(|(_, it)| it.at >= from && it.at <= to);
    for (index, it) in inside {
        match answer(&it.event, wanted) {
            Some(answer) if is_wanted(&answer, wanted) => seen += 1,
            Some(Ok(result)) => others.add(format!("result {result}"), index),
            Some(Err(error)) => others.add(error, index),
            None => {}
        }
    }
    Some(others.judgement(wanted.to_string(), (seen, "calls"), wanted.count))
}

/// What the function returned, if it is one of those calls. Messages are sent
/// by `sctp_sendv`, and have a place of their own in the recording.
fn answer(event: &Event, wanted: &CallCount) -> Option<Result<String, String>> {
    match event {
        Event::Call {
            endpoint,
            call,
            result,
            ..
        } if endpoint == wanted.at.as_str() && *call == wanted.call => Some(result.clone()),
        Event::Sent {
            endpoint,
            size,
            error,
            ..
        } if endpoint == wanted.at.as_str() && wanted.call == "sctp_sendv" => Some(match error {
            Some(error) => Err(error.clone()),
            None => Ok(size.to_string()),
        }),
        _ => None,
    }
}

fn is_wanted(answer: &Result<String, String>, wanted: &CallCount) -> bool {
    let error = answer.as_ref().err();
    let result = answer.as_ref().ok();
    (wanted.error.is_none() || wanted.error.as_ref() == error)
        && (wanted.result.is_none() || wanted.result.as_ref() == result)
}
