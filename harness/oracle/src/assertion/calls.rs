//! Judges the assertion `calls` by the results of recorded calls.

use recording::Event;
use scenario::CallCount;

use super::Judge;
use crate::case::Case;
use crate::finding::Finding;
use crate::nearest::Nearest;

impl Judge for CallCount {
    fn judge(&self, case: Case<'_>) -> Option<Finding> {
        let (from, to) = case.timeline.span(&self.window)?;
        let mut seen = 0;
        let mut others = Nearest::default();
        let observations = case.timeline.observations();
        for (index, it) in observations.filter(|(_, it)| it.at >= from && it.at <= to) {
            match answer(&it.event, self) {
                Some(answer) if is_wanted(&answer, self) => seen += 1,
                Some(Ok(result)) => others.add(format!("result {result}"), index),
                Some(Err(error)) => others.add(error, index),
                None => {}
            }
        }
        Some(others.finding(seen, "calls", self.count))
    }

    fn endpoints(&self) -> Vec<&str> {
        vec![self.at.as_str()]
    }
}

/// The result of one recorded call of the wanted function. The recording has calls of
/// `sctp_sendv` as sent messages.
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
