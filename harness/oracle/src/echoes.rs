use recording::Direction;
use scenario::Echoes;
use wire::field::FieldValue;

use super::timeline::Timeline;
use super::verdict::Judgement;

pub(crate) fn judge(timeline: &Timeline<'_>, wanted: &Echoes) -> Judgement {
    let mut said: Vec<FieldValue> = Vec::new();
    let (mut seen, mut wrong) = (0, Vec::new());
    let sent = timeline
        .packets
        .iter()
        .filter(|packet| packet.captured.direction == Direction::Out);
    for packet in sent {
        for chunk in &packet.sctp.chunks {
            let Some(field) = chunk.field(&wanted.field) else {
                continue;
            };
            if chunk.kind() == wanted.of {
                said.extend(field.values);
            } else if chunk.kind() == wanted.chunk {
                seen += 1;
                if !field.values.iter().all(|value| said.contains(value)) {
                    wrong.push(packet.index);
                }
            }
        }
    }
    let words = format!("{seen} seen, {} of them with another", wrong.len());
    // None at all would prove nothing.
    let holds = seen > 0 && wrong.is_empty();
    let mut judgement = Judgement::of(holds, wanted.to_string(), words);
    wrong.truncate(3);
    judgement.packets = wrong;
    judgement
}
