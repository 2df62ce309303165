//! Judges the assertion `messages`: counts received messages, and compares their order
//! with that of sending.

use std::collections::BTreeMap;

use recording::{Event, MessageId, Observation};
use scenario::MessageCount;

use super::Judge;
use crate::case::Case;
use crate::finding::Finding;
use crate::observed::{self, Wanted};

impl Judge for MessageCount {
    fn judge(&self, case: Case<'_>) -> Option<Finding> {
        let wanted = Wanted {
            unit: "messages",
            fields: &self.fields,
            window: &self.window,
            count: self.count,
        };
        let (messages, others) = observed::select(case.timeline, &wanted, |event| match event {
            Event::Received {
                endpoint, message, ..
            } => {
                let sender = message.as_ref().map(|message| message.sender.as_str());
                let from = self.from.as_ref().map(|from| from.as_str());
                endpoint == self.at.as_str() && (from.is_none() || from == sender)
            }
            _ => false,
        })?;
        let finding = others.finding(messages.len() as u64, "messages", self.count);
        let Some(in_order) = self.in_order else {
            return Some(finding);
        };
        let overtaken = overtaken(&messages);
        let words = match overtaken {
            Some(late) => format!("; {} {} was overtaken", late.step, late.number),
            None => "; none was overtaken".to_owned(),
        };
        let as_wanted = in_order == overtaken.is_none();
        Some(finding.also(as_wanted, overtaken.is_some(), &words))
    }

    fn endpoints(&self) -> Vec<&str> {
        vec![self.at.as_str()]
    }
}

/// The first message that arrived after a message which the same step sent later.
fn overtaken<'a>(messages: &[&'a Observation]) -> Option<&'a MessageId> {
    let mut highest: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    messages.iter().find_map(|it| match &it.event {
        Event::Received {
            message: Some(message),
            ..
        } => {
            let highest = highest.entry((&message.sender, &message.step)).or_default();
            let late = message.number < *highest;
            *highest = message.number.max(*highest);
            late.then_some(message)
        }
        _ => None,
    })
}
