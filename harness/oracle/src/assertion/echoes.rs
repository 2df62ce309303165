//! Judges the assertion `echoes`: compares a field with the values that earlier chunks
//! brought.

use recording::Direction;
use scenario::Echoes;
use wire::Chunk;
use wire::field::FieldValue;

use super::Judge;
use crate::case::Case;
use crate::finding::Finding;
use crate::number::Number;
use crate::timeline::SctpPacket;

impl Judge for Echoes {
    fn judge(&self, case: Case<'_>) -> Option<Finding> {
        let (from, to) = case.timeline.span(&self.window)?;
        let mut said: Vec<FieldValue> = Vec::new();
        let (mut seen, mut wrong) = (0, Vec::new());
        let packets = case.timeline.packets.iter();
        for packet in packets.filter(|it| it.captured.direction == Direction::Out) {
            for chunk in &packet.sctp.chunks {
                if chunk.kind() == self.chunk
                    && from <= packet.captured.at
                    && packet.captured.at <= to
                {
                    seen += 1;
                    let brought = brought(packet, chunk, &self.field);
                    if !brought.iter().all(|value| said.contains(value)) {
                        wrong.push(packet.index);
                    }
                }
                if chunk.kind() == self.of {
                    let field = chunk.field(&self.of_field);
                    said.extend(field.into_iter().flat_map(|it| it.values));
                }
            }
        }
        let words = format!("{seen} seen, {} of them with another value", wrong.len());
        let numbers = [
            Number::count("seen", seen, "chunks"),
            Number::count("wrong", wrong.len() as u64, "chunks"),
        ];
        // Where no answer was seen, nothing was compared, and nothing is proved.
        let finding = Finding::new(seen > 0 && wrong.is_empty(), words)
            .settled(!wrong.is_empty())
            .with(numbers);
        wrong.truncate(3);
        Some(finding.at(wrong))
    }

    fn is_about_the_wire(&self) -> bool {
        true
    }
}

fn brought(packet: &SctpPacket<'_>, chunk: &Chunk, field: &str) -> Vec<FieldValue> {
    if field == Echoes::VERIFICATION_TAG {
        return vec![FieldValue::Tag(packet.sctp.verification_tag)];
    }
    chunk
        .field(field)
        .map_or_else(Vec::new, |field| field.values)
}
