//! The named values of a scripted peer.

use std::collections::{BTreeMap, BTreeSet};

use scenario::{Binding, Bound, Peer};
use wire::build::{Item, Kind, Value};
use wire::field::FieldValue;
use wire::frame::Envelope;
use wire::{Chunk, ChunkType, Tsn};

use super::super::step_error::StepError;
use super::heard::Heard;
use super::keys::Keys;

/// What a scripted peer remembers of the packets that it has sent and received.
pub(super) struct Memory {
    names: BTreeMap<String, Value>,
    /// The received TSNs beyond a gap.
    ahead: BTreeSet<u32>,
    pub(super) keys: Keys,
    /// The IP and UDP headers of the last packet that a step awaited.
    around: Option<Envelope>,
}

impl Memory {
    pub(super) fn new(config: &Peer) -> Self {
        let names = config.first_names().into_iter();
        Self {
            names: names
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
            ahead: BTreeSet::new(),
            keys: Keys::default(),
            around: None,
        }
    }

    /// A memory with one name.
    #[cfg(test)]
    pub(super) fn knowing(name: &str, value: Value) -> Self {
        let mut memory = Self {
            names: BTreeMap::new(),
            ahead: BTreeSet::new(),
            keys: Keys::default(),
            around: None,
        };
        memory.set(name, value);
        memory
    }

    pub(super) fn get(&self, name: &str) -> Option<Value> {
        self.names.get(name).cloned()
    }

    /// The number under a name.
    pub(super) fn number(&self, name: &str) -> Option<u32> {
        match self.names.get(name)? {
            Value::Number(number) => u32::try_from(*number).ok(),
            _ => None,
        }
    }

    fn set(&mut self, name: &str, value: Value) {
        self.names.insert(name.to_owned(), value);
    }

    fn count(&mut self, name: &str, number: u32) {
        self.set(name, Value::Number(number.into()));
    }

    /// Learns from a received packet.
    pub(super) fn hear(&mut self, heard: &Heard) {
        self.count("peer-port", heard.packet.source_port.into());
        if let Some(id) = self.keys.hear(heard) {
            self.count("hmac-id", id.0.into());
        }
        for chunk in &heard.packet.chunks {
            match chunk {
                Chunk::Init(it) => self.meet(it.initiate_tag.0, it.initial_tsn),
                Chunk::InitAck(it) => {
                    self.meet(it.initiate_tag.0, it.initial_tsn);
                    if let Some(cookie) = one_value(chunk, "cookie") {
                        self.set("cookie", cookie);
                    }
                }
                Chunk::Heartbeat(it) => self.set("info", Value::Bytes(it.info.clone())),
                Chunk::Data(it) => self.take(it.tsn),
                Chunk::IData(it) => self.take(it.tsn),
                _ => {}
            }
        }
    }

    /// Takes note of a packet that a step has awaited.
    pub(super) fn have_awaited(&mut self, heard: &Heard) {
        self.set("packet", Value::Bytes(heard.sctp.clone()));
        self.around = Some(Envelope {
            udp: heard.udp,
            ..Envelope::new(heard.source, heard.destination)
        });
    }

    /// The headers around the last awaited packet. Before the first such packet, the headers
    /// that it would have.
    pub(super) fn around_the_last(&self, peer: &Peer) -> Envelope {
        self.around.unwrap_or_else(|| {
            let (other, _) = peer.to_address;
            let own = peer
                .addresses
                .iter()
                .find(|own| own.is_ipv4() == other.is_ipv4());
            Envelope::new(other, own.copied().unwrap_or(other))
        })
    }

    fn meet(&mut self, tag: u32, tsn: Tsn) {
        self.count("peer-tag", tag);
        self.count("peer-tsn", tsn.0);
        self.count("cum", tsn.0.wrapping_sub(1));
        self.ahead.clear();
    }

    fn take(&mut self, tsn: Tsn) {
        let Some(mut cum) = self.number("cum").map(Tsn) else {
            return;
        };
        if cum.precedes(tsn) {
            self.ahead.insert(tsn.0);
        }
        while self.ahead.remove(&cum.next().0) {
            cum = cum.next();
        }
        self.count("cum", cum.0);
    }

    /// The Gap Ack Blocks of a SACK sent now (RFC 9260, section 3.3.4).
    pub(super) fn gaps(&self) -> Vec<Value> {
        let cum = self.number("cum").unwrap_or_default();
        let mut offsets: Vec<u16> = self
            .ahead
            .iter()
            .filter_map(|tsn| u16::try_from(tsn.wrapping_sub(cum)).ok())
            .collect();
        offsets.sort_unstable();
        let mut gaps: Vec<(u16, u16)> = Vec::new();
        for offset in offsets {
            match gaps.last_mut() {
                Some((_, last)) if last.checked_add(1) == Some(offset) => *last = offset,
                _ => gaps.push((offset, offset)),
            }
        }
        gaps.into_iter()
            .map(|(first, last)| Value::Range(first, last))
            .collect()
    }

    /// Learns from the chunks that the peer itself has sent.
    pub(super) fn say(&mut self, chunks: &[Item]) {
        for chunk in chunks {
            self.keys.say(chunk);
            let number = |slot: &str| match chunk.get(slot) {
                Some(Value::Number(number)) => u32::try_from(*number).ok(),
                _ => None,
            };
            match chunk.kind {
                Kind::Chunk(ChunkType::Init | ChunkType::InitAck) => {
                    if let (Some(tag), Some(tsn)) = (number("initiate-tag"), number("initial-tsn"))
                    {
                        self.count("tag", tag);
                        self.count("tsn", tsn);
                        self.count("next-tsn", tsn);
                        self.count("next-ssn", 0);
                    }
                }
                Kind::Chunk(ChunkType::Data | ChunkType::IData) => {
                    let ordered = number("u").unwrap_or_default() == 0;
                    let ends = number("e").unwrap_or_default() == 1;
                    if let Some(tsn) = number("tsn") {
                        self.count("next-tsn", tsn.wrapping_add(1));
                    }
                    let ssn = number("ssn").or(number("mid"));
                    if let (Some(ssn), true, true) = (ssn, ordered, ends) {
                        self.count("next-ssn", ssn.wrapping_add(1));
                    }
                }
                _ => {}
            }
        }
    }

    /// Gives names to values: to known ones, or to fields of a received packet.
    pub(super) fn bind(
        &mut self,
        bindings: &[Binding],
        heard: Option<&Heard>,
    ) -> Result<(), StepError> {
        for Binding { name, what } in bindings {
            let value = match what {
                Bound::Value(value) => value.resolved(&|name| self.get(name))?,
                Bound::Field(kind, field) => {
                    let chunks = heard.iter().flat_map(|heard| &heard.packet.chunks);
                    let mut of_kind = chunks.filter(|chunk| chunk.kind() == *kind);
                    let value = of_kind.next().and_then(|chunk| one_value(chunk, field));
                    value.ok_or_else(|| {
                        StepError::new(format!("there is no {field} of {kind} for the name {name}"))
                    })?
                }
            };
            self.set(name, value);
        }
        Ok(())
    }
}

/// The first value of a field.
fn one_value(chunk: &Chunk, field: &str) -> Option<Value> {
    let field = chunk.field(field)?;
    Some(match field.values.into_iter().next()? {
        FieldValue::Flag(flag) => Value::Number(flag.into()),
        FieldValue::Number(number) => Value::Number(number),
        FieldValue::Tag(tag) => Value::Number(tag.0.into()),
        FieldValue::Code(_, number) => Value::Number(number.into()),
        FieldValue::Address(address) => Value::Address(address),
        FieldValue::Bytes(bytes) => Value::Bytes(bytes),
        FieldValue::Range(first, last) => Value::Range(first, last),
        // A word has no bytes that could be sent again.
        FieldValue::Procedure(_) | FieldValue::Part(_) => return None,
    })
}

#[cfg(test)]
mod tests;
