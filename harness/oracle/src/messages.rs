use std::collections::BTreeMap;

use recording::{Event, MessageId, Observation};
use scenario::MessageCount;

use super::observed::{self, Wanted};
use super::timeline::Timeline;
use super::verdict::{Judgement, Result};

/// `None` if the run never came to the window.
pub(crate) fn judge(timeline: &Timeline<'_>, it: &MessageCount) -> Option<Judgement> {
    let wanted = Wanted {
        words: it.to_string(),
        unit: "messages",
        fields: &it.fields,
        window: &it.window,
        count: it.count,
    };
    let (messages, others) = observed::select(timeline, &wanted, |event| match event {
        Event::Received {
            endpoint, message, ..
        } => {
            let sender = message.as_ref().map(|message| message.sender.as_str());
            let from = it.from.as_ref().map(|from| from.as_str());
            endpoint == it.at.as_str() && (from.is_none() || from == sender)
        }
        _ => false,
    })?;
    let seen = messages.len() as u64;
    let overtaken = overtaken(&messages);
    let mut judgement = others.judgement(wanted.words, (seen, wanted.unit), it.count);
    if let Some(in_order) = it.in_order {
        judgement.seen.push_str(&match overtaken {
            Some(late) => format!("; {} {} was overtaken", late.step, late.number),
            None => "; none was overtaken".to_owned(),
        });
        if in_order != overtaken.is_none() {
            judgement.result = Result::Failed;
        }
    }
    Some(judgement)
}

/// The first message that came after one that the same step sent later.
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
