//! Judges the assertion `latency`: compares the time of each message with the limit.

use scenario::LatencyLimit;

use super::Judge;
use crate::case::Case;
use crate::finding::Finding;
use crate::message::{self, Delivery};
use crate::number::{Number, seconds};

impl Judge for LatencyLimit {
    fn judge(&self, case: Case<'_>) -> Option<Finding> {
        let span = case.timeline.span(&self.window)?;
        let (from, to) = (self.from.as_str(), self.to.as_str());
        let sent = message::deliveries(case.timeline, from, to, span);
        // A message that has not arrived is late once its time is over.
        let end = case.timeline.recording.info.duration;
        let took = |it: &Delivery<'_>| it.took.unwrap_or(end - it.sent);
        let late: Vec<&Delivery<'_>> = sent.iter().filter(|it| took(it) > self.most).collect();
        let missing = sent.iter().filter(|it| it.took.is_none()).count();
        let longest = sent.iter().filter_map(|it| it.took).max();
        let mut seen = format!("{} sent", sent.len());
        if let Some(longest) = longest {
            seen.push_str(&format!(", the longest took {} s", seconds(longest)));
        }
        if missing > 0 {
            seen.push_str(&format!(", {missing} did not arrive"));
        }
        if let Some(first) = late.first() {
            let (step, number) = first.id;
            seen.push_str(&format!("; {} late, first {step} {number}", late.len()));
        }
        let mut numbers = vec![
            Number::count("sent", sent.len() as u64, "messages"),
            Number::count("late", late.len() as u64, "messages"),
            Number::count("missing", missing as u64, "messages"),
            Number::time("wanted-most", self.most),
        ];
        numbers.extend(longest.map(|it| Number::time("longest", it)));
        let holds = !sent.is_empty() && missing == 0 && late.is_empty();
        let finding = Finding::new(holds, seen).settled(!late.is_empty());
        Some(finding.with(numbers))
    }

    fn endpoints(&self) -> Vec<&str> {
        vec![self.from.as_str(), self.to.as_str()]
    }
}
