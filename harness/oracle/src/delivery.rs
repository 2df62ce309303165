use std::collections::BTreeMap;

use recording::{Event, MessageId};
use scenario::Delivered;

use super::number::Number;
use super::timeline::Timeline;
use super::verdict::Judgement;

pub(crate) fn judge(timeline: &Timeline<'_>, wanted: &Delivered) -> Judgement {
    let (from, to) = (wanted.from.as_str(), wanted.to.as_str());
    let mut received: BTreeMap<(&str, u64), u64> = BTreeMap::new();
    let mut sizes: BTreeMap<(&str, u64), usize> = BTreeMap::new();
    let mut damage = Vec::new();
    let mut sent = 0;
    for (_, it) in timeline.observations() {
        match &it.event {
            Event::Sent {
                endpoint,
                to: receiver,
                step,
                number,
                size,
                error: None,
                ..
            } if endpoint == from && receiver == to => {
                sent += 1;
                sizes.insert((step, *number), *size);
                received.entry((step, *number)).or_default();
            }
            Event::Received {
                endpoint,
                message:
                    Some(MessageId {
                        sender,
                        step,
                        number,
                    }),
                size,
                differs_at,
                ..
            } if endpoint == to && sender == from => {
                let whole = sizes.get(&(step.as_str(), *number)).copied();
                damage.extend(damaged(whole, *size, *differs_at).map(|how| (step, *number, how)));
                *received.entry((step, *number)).or_default() += 1;
            }
            _ => {}
        }
    }
    let missing: Vec<_> = received.iter().filter(|(_, times)| **times == 0).collect();
    let lost = missing.len() as u64;
    let duplicated = received.values().filter(|times| **times > 1).count() as u64;
    let mut seen = format!("{sent} sent, {lost} lost, {duplicated} duplicated");
    if let Some(((step, number), _)) = missing.first() {
        seen.push_str(&format!("; the first lost is {step} {number}"));
    }
    if let Some((step, number, how)) = damage.first() {
        let count = damage.len();
        seen.push_str(&format!("; {count} damaged, first {step} {number}: {how}"));
    }
    // With nothing sent, nothing can be lost: that would prove nothing.
    let enough = wanted.sent.map_or(sent > 0, |count| count.allows(sent));
    Judgement::of(
        enough
            && damage.is_empty()
            && wanted.lost.allows(lost)
            && wanted.duplicated.allows(duplicated),
        scenario::Check::Delivered(wanted.clone()).to_string(),
        seen,
    )
    .with([
        Number::count("sent", sent, "messages"),
        Number::count("lost", lost, "messages"),
        Number::count("duplicated", duplicated, "messages"),
        Number::count("damaged", damage.len() as u64, "messages"),
    ])
}

/// How a message that was received is not the one that was sent.
fn damaged(sent: Option<usize>, received: usize, differs_at: Option<usize>) -> Option<String> {
    match (differs_at, sent) {
        (Some(place), _) => Some(format!("byte {place} is not as it was sent")),
        (None, Some(sent)) if sent != received => Some(format!("{received} bytes of {sent}")),
        _ => None,
    }
}
