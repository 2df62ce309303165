use recording::Direction;
use scenario::Echoes;
use wire::Chunk;
use wire::field::FieldValue;

use super::number::Number;
use super::timeline::{SctpPacket, Timeline};
use super::verdict::Judgement;

/// `None` if the run never came to the window.
pub(crate) fn judge(timeline: &Timeline<'_>, wanted: &Echoes) -> Option<Judgement> {
    let (from, to) = timeline.span(&wanted.window)?;
    let mut said: Vec<FieldValue> = Vec::new();
    let (mut seen, mut wrong) = (0, Vec::new());
    let sent = timeline
        .packets
        .iter()
        .filter(|packet| packet.captured.direction == Direction::Out);
    for packet in sent {
        for chunk in &packet.sctp.chunks {
            if chunk.kind() == wanted.chunk
                && from <= packet.captured.at
                && packet.captured.at <= to
            {
                seen += 1;
                let brought = brought(packet, chunk, &wanted.field);
                if !brought.iter().all(|value| said.contains(value)) {
                    wrong.push(packet.index);
                }
            }
            if chunk.kind() == wanted.of {
                said.extend(
                    chunk
                        .field(&wanted.of_field)
                        .into_iter()
                        .flat_map(|it| it.values),
                );
            }
        }
    }
    let words = format!("{seen} seen, {} of them with another", wrong.len());
    // None at all would prove nothing.
    let holds = seen > 0 && wrong.is_empty();
    let mut judgement = Judgement::of(holds, wanted.to_string(), words).with([
        Number::count("seen", seen, "chunks"),
        Number::count("wrong", wrong.len() as u64, "chunks"),
    ]);
    wrong.truncate(3);
    judgement.packets = wrong;
    Some(judgement)
}

fn brought(packet: &SctpPacket<'_>, chunk: &Chunk, field: &str) -> Vec<FieldValue> {
    if field == Echoes::VERIFICATION_TAG {
        return vec![FieldValue::Tag(packet.sctp.verification_tag)];
    }
    chunk
        .field(field)
        .map_or_else(Vec::new, |field| field.values)
}
