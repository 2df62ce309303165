//! Compares received packets with expected ones.

use std::time::Duration;

use scenario::{Carrier, ChunkWanted, FieldOfChunk, PacketWanted, Peer};
use wire::build::{Hmac, Later, Sum, Value};
use wire::field::FieldTest;
use wire::{Checksum, Chunk};

use super::super::step_error::StepError;
use super::heard::Heard;
use super::memory::Memory;
use super::shown;

/// A part of a packet that differs from the expected packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Difference {
    /// The part: a chunk, or a field of one.
    what: String,
    expected: String,
    seen: String,
}

/// All differences between a wanted packet and a received one. Empty where the packet is
/// the wanted one.
pub(super) fn differences(
    wanted: &PacketWanted,
    heard: &Heard,
    memory: &Memory,
    peer: &Peer,
) -> Result<Vec<Difference>, StepError> {
    let mut found = header(wanted, heard, memory)?;
    let chunks = &heard.packet.chunks;
    let mut next = 0;
    for (number, chunk) in wanted.chunks.iter().enumerate() {
        let mut nearest: Option<Vec<Difference>> = None;
        let mut place = None;
        for (at, candidate) in chunks.iter().enumerate().skip(next) {
            if candidate.kind() != chunk.kind {
                continue;
            }
            let mut of_chunk = fields(chunk, candidate, memory)?;
            of_chunk.extend(hmac(chunk, (heard, at), memory, peer));
            if of_chunk.is_empty() {
                place = Some(at);
                break;
            }
            nearest.get_or_insert(of_chunk);
        }
        match (place, nearest) {
            (Some(at), _) => next = at + 1,
            (None, Some(of_chunk)) => found.extend(of_chunk),
            (None, None) => found.push(Difference {
                what: format!("chunk {}", number + 1),
                expected: chunk.kind.to_string(),
                seen: chunks
                    .get(next)
                    .map_or_else(|| "none".to_owned(), |it| it.kind().to_string()),
            }),
        }
    }
    if wanted.only && found.is_empty() && chunks.len() > wanted.chunks.len() {
        found.push(Difference {
            what: "chunks".to_owned(),
            expected: wanted.chunks.len().to_string(),
            seen: chunks.len().to_string(),
        });
    }
    Ok(found)
}

fn header(
    wanted: &PacketWanted,
    heard: &Heard,
    memory: &Memory,
) -> Result<Vec<Difference>, StepError> {
    let packet = &heard.packet;
    let number = |number: u32| Value::Number(number.into());
    let [source_port, destination_port] = &wanted.ports;
    let [source, destination] = &wanted.addresses;
    let seen = [
        ("tag", &wanted.tag, number(packet.verification_tag.0)),
        (
            "source port",
            source_port,
            number(packet.source_port.into()),
        ),
        (
            "destination port",
            destination_port,
            number(packet.destination_port.into()),
        ),
        ("source", source, Value::Address(heard.source)),
        (
            "destination",
            destination,
            Value::Address(heard.destination),
        ),
    ];
    let mut found = Vec::new();
    for (what, wanted, seen) in seen {
        let Some(wanted) = wanted else { continue };
        let expected = text_of(wanted, memory)?;
        let same = match &seen {
            Value::Number(number) => wire::field::number_range(&expected)
                .is_some_and(|(least, most)| (least..=most).contains(number)),
            seen => seen.to_string() == expected,
        };
        if !same {
            found.push(Difference {
                what: what.to_owned(),
                expected,
                seen: seen.to_string(),
            });
        }
    }
    let same = match wanted.checksum {
        None => true,
        Some(Sum::Good) => packet.checksum == Checksum::Good,
        Some(Sum::Zero) => packet.checksum == Checksum::Zero,
        Some(Sum::Adler32) => packet.checksum == Checksum::Adler32,
        Some(Sum::Wrong) => matches!(packet.checksum, Checksum::Wrong { .. }),
        Some(Sum::Number(number)) => {
            matches!(packet.checksum, Checksum::Wrong { found, .. } if found.swap_bytes() == number)
        }
    };
    if !same {
        found.push(Difference {
            what: "checksum".to_owned(),
            expected: format!("{:?}", wanted.checksum.unwrap_or_default()).to_lowercase(),
            seen: packet.checksum.to_string(),
        });
    }
    let seen = heard.udp.map_or(Carrier::Ip, |ports| {
        Carrier::Udp([ports.source, ports.destination])
    });
    if let Some(wanted) = wanted.carrier.filter(|wanted| *wanted != seen) {
        found.push(Difference {
            what: "carrier".to_owned(),
            expected: wanted.to_string(),
            seen: seen.to_string(),
        });
    }
    Ok(found)
}

fn fields(
    wanted: &ChunkWanted,
    chunk: &Chunk,
    memory: &Memory,
) -> Result<Vec<Difference>, StepError> {
    let mut found = Vec::new();
    for field in wanted
        .fields
        .iter()
        .filter(|it| asks_for_hmac(it).is_none())
    {
        let (texts, test) = test_of(field, memory)?;
        if test.matches(chunk) != field.not {
            continue;
        }
        let seen = chunk.field(field.field.name);
        let seen = seen.map_or_else(
            || "none".to_owned(),
            |seen| match seen.to_string().split_once('=') {
                Some((_, value)) => value.to_owned(),
                None => seen.to_string(),
            },
        );
        let expected = match (texts.as_slice(), field.exactly) {
            ([one], false) if field.not => format!("not {one}"),
            ([one], false) => one.clone(),
            (many, _) => format!("[{}]", many.join(", ")),
        };
        found.push(Difference {
            what: format!("{} of {}", field.field.name, wanted.kind),
            expected,
            seen,
        });
    }
    Ok(found)
}

/// The difference in an HMAC that must be good or bad, by the keys of the peer.
fn hmac(
    wanted: &ChunkWanted,
    (heard, at): (&Heard, usize),
    memory: &Memory,
    peer: &Peer,
) -> Option<Difference> {
    let mut fields = wanted.fields.iter();
    let (field, hmac) = fields.find_map(|it| Some((it, asks_for_hmac(it)?)))?;
    let bytes = heard.bytes_from(at)?;
    let Some(Chunk::Auth(auth)) = heard.packet.chunks.get(at) else {
        return None;
    };
    let key = peer.key(auth.shared_key_id);
    let seen = match key.map(|key| memory.keys.is_right(key, bytes)) {
        Some(true) => Hmac::Good.to_string(),
        Some(false) => Hmac::Bad.to_string(),
        None => format!("one by key {}, which the peer lacks", auth.shared_key_id),
    };
    let is_it = (seen == hmac.to_string()) != field.not;
    (!is_it).then(|| Difference {
        what: format!("{} of {}", field.field.name, wanted.kind),
        expected: match field.not {
            true => format!("not {hmac}"),
            false => hmac.to_string(),
        },
        seen,
    })
}

/// Whether a field asks for a good or a bad HMAC; `None` where it names the bytes.
fn asks_for_hmac(field: &FieldOfChunk) -> Option<Hmac> {
    match field.values.as_slice() {
        [one] if field.field.name == "hmac" => Hmac::named(one),
        _ => None,
    }
}

/// The values that a field must have, with names resolved, and the test for them.
fn test_of(field: &FieldOfChunk, memory: &Memory) -> Result<(Vec<String>, FieldTest), StepError> {
    let texts = field.values.iter().map(|text| text_of(text, memory));
    let texts: Vec<String> = texts.collect::<Result<_, _>>()?;
    let each = || texts.iter().map(String::as_str);
    let test = match (texts.as_slice(), field.exactly) {
        ([one], false) => FieldTest::member(field.field, one),
        _ => FieldTest::exactly(field.field, each()),
    };
    let test = test.ok_or_else(|| {
        StepError::new(format!(
            "{} cannot be {}",
            field.field.name,
            field.values.join(", ")
        ))
    })?;
    Ok((texts, test))
}

/// A value as text: where the scenario has a name, the value of the name.
fn text_of(text: &str, memory: &Memory) -> Result<String, StepError> {
    let Some(later) = text.strip_prefix('$').and_then(Later::parse) else {
        return Ok(text.to_owned());
    };
    let value = Value::Later(later).resolved(&|name| memory.get(name))?;
    Ok(match value {
        Value::Bytes(bytes) => {
            let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            format!("0x{digits}")
        }
        other => other.to_string(),
    })
}

/// The complaint about a packet: what was expected, what was seen, and each difference.
pub(super) fn side_by_side(
    expected: &str,
    heard: &Heard,
    after: Duration,
    differences: &[Difference],
) -> String {
    let mut text = format!("expected {expected}; saw {heard} after {}", shown(after));
    for Difference {
        what,
        expected,
        seen,
    } in differences
    {
        text.push_str(&format!("; {what}: expected {expected}, saw {seen}"));
    }
    text
}

#[cfg(test)]
mod tests;
