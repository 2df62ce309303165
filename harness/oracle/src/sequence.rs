use scenario::Sequence;

use super::number::Number;
use super::place::is_there;
use super::timeline::Timeline;
use super::verdict::Judgement;

/// `None` if the run never came to the window.
pub(crate) fn judge(timeline: &Timeline<'_>, wanted: &Sequence) -> Option<Judgement> {
    let (from, to) = timeline.span(&wanted.window)?;
    let mut left = wanted.chunks.iter();
    let mut next = left.next();
    let mut seen = Vec::new();
    let inside = timeline
        .packets
        .iter()
        .filter(|packet| packet.captured.at >= from && packet.captured.at <= to);
    for packet in inside {
        for (position, chunk) in packet.sctp.chunks.iter().enumerate() {
            if let Some(place) = next
                && is_there(timeline, packet, position, place)
                && place.pattern.matches(chunk)
            {
                seen.push(packet.index);
                next = left.next();
            }
        }
    }
    let words = match next {
        None => format!("all {} seen in this order", seen.len()),
        Some(missing) => format!(
            "{} of {} seen, then no {missing}",
            seen.len(),
            wanted.chunks.len()
        ),
    };
    let mut judgement = Judgement::of(next.is_none(), wanted.to_string(), words).with([
        Number::count("seen", seen.len() as u64, "chunks"),
        Number::count("wanted", wanted.chunks.len() as u64, "chunks"),
    ]);
    if next.is_some() {
        seen.dedup();
        judgement.packets = seen;
    }
    Some(judgement)
}
