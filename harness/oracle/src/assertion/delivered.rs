//! Judges the assertion `delivered`: compares what the receiver got with what the sender
//! sent.

use std::collections::BTreeMap;

use recording::MessageId;
use scenario::Delivered;

use super::Judge;
use crate::case::Case;
use crate::cause;
use crate::finding::Finding;
use crate::message::{self, End};
use crate::number::Number;
use crate::timeline::Timeline;

impl Judge for Delivered {
    fn judge(&self, case: Case<'_>) -> Option<Finding> {
        let Arrivals { times, damaged } = Arrivals::of(self, case.timeline);
        let sent = times.len() as u64;
        let missing: Vec<_> = times.iter().filter(|(_, times)| **times == 0).collect();
        let lost = missing.len() as u64;
        let duplicated = times.values().filter(|times| **times > 1).count() as u64;
        let mut seen = format!("{sent} sent, {lost} lost, {duplicated} duplicated");
        if let Some(((step, number), _)) = missing.first() {
            seen.push_str(&format!("; the first lost is {step} {number}"));
        }
        if let Some((step, number, how)) = damaged.first() {
            let count = damaged.len();
            seen.push_str(&format!("; {count} damaged, first {step} {number}: {how}"));
        }
        // Where no message was sent, none can be lost: "lost: 0" would prove nothing.
        let enough = self.sent.map_or(sent > 0, |count| count.allows(sent));
        let passed = enough
            && damaged.is_empty()
            && self.lost.allows(lost)
            && self.duplicated.allows(duplicated);
        let too_many = self.duplicated.most.is_some_and(|most| duplicated > most);
        let settled = too_many || !damaged.is_empty();
        Some(Finding::new(passed, seen).settled(settled).with([
            Number::count("sent", sent, "messages"),
            Number::count("lost", lost, "messages"),
            Number::count("duplicated", duplicated, "messages"),
            Number::count("damaged", damaged.len() as u64, "messages"),
        ]))
    }

    fn cause(&self, case: Case<'_>, finding: &Finding) -> Option<String> {
        if !finding.is_short() {
            return None;
        }
        let arrivals = Arrivals::of(self, case.timeline);
        let ((step, number), _) = arrivals.times.iter().find(|(_, times)| **times == 0)?;
        let lost = MessageId {
            sender: self.from.to_string(),
            step: (*step).to_owned(),
            number: *number,
        };
        cause::of_lost_message(case, &lost, self.to.as_str())
    }

    fn endpoints(&self) -> Vec<&str> {
        vec![self.from.as_str(), self.to.as_str()]
    }
}

/// The messages that the receiver got, of those that the sender sent.
#[derive(Default)]
struct Arrivals<'a> {
    /// Number of receptions of each message, by the step that sent it and its number.
    times: BTreeMap<(&'a str, u64), u64>,
    /// The messages that arrived with other bytes than were sent, and the difference in
    /// words.
    damaged: Vec<(&'a str, u64, String)>,
}

impl<'a> Arrivals<'a> {
    fn of(wanted: &Delivered, timeline: &Timeline<'a>) -> Self {
        let (from, to) = (wanted.from.as_str(), wanted.to.as_str());
        let mut sizes: BTreeMap<(&str, u64), usize> = BTreeMap::new();
        let mut arrivals = Self::default();
        for message in message::between(timeline, from, to) {
            let times = arrivals.times.entry(message.id).or_default();
            match message.end {
                End::Sent => {
                    sizes.insert(message.id, message.size);
                }
                End::Received { differs_at } => {
                    *times += 1;
                    let sent = sizes.get(&message.id).copied();
                    if let Some(how) = difference(sent, message.size, differs_at) {
                        let (step, number) = message.id;
                        arrivals.damaged.push((step, number, how));
                    }
                }
            }
        }
        arrivals
    }
}

/// The difference between a received message and the one that was sent, in words.
fn difference(sent: Option<usize>, received: usize, differs_at: Option<usize>) -> Option<String> {
    match (differs_at, sent) {
        (Some(place), _) => Some(format!("byte {place} is not as it was sent")),
        (None, Some(sent)) if sent != received => Some(format!("{received} bytes of {sent}")),
        _ => None,
    }
}
