//! Takes the chunks of a packet into the state of an association.

use std::hash::{DefaultHasher, Hasher as _};
use std::net::IpAddr;

use wire::frame::chunk_heads;
use wire::{Cause, Chunk, ChunkType, Glance, Parameter, StreamId};

use super::data::Data;
use super::{Follower, Seen};
use crate::association::{Ending, count_under};

/// The size that counts for a packet with a HEARTBEAT: smaller than any packet with data
/// that does not get through.
const SMALL: usize = 1;

impl Follower {
    #[inline]
    pub(super) fn take_in_glance(
        &mut self,
        number: usize,
        side: usize,
        path: usize,
        glance: Glance<'_>,
        seen: Seen<'_>,
    ) {
        let at = seen.at;
        let mut rest = &seen.sctp[12..];
        for (kind, tsn) in glance.chunks() {
            let length = usize::from(u16::from_be_bytes([rest[2], rest[3]]));
            let chunk = &rest[..length];
            match kind {
                ChunkType::Data | ChunkType::IData => {
                    let data = Data::of(kind, tsn, chunk);
                    self.send(number, side, path, &data, seen);
                }
                _ => {
                    let flow = &mut self.associations[number].ends[1 - side].flow;
                    flow.acknowledge(tsn, at);
                    flow.window(u32::MAX, at);
                }
            }
            rest = rest.get(length.next_multiple_of(4)..).unwrap_or_default();
        }
    }

    pub(super) fn take_in_chunk(
        &mut self,
        number: usize,
        side: usize,
        path: usize,
        chunk: &Chunk,
        seen: Seen<'_>,
    ) {
        let at = seen.at;
        match chunk {
            Chunk::Data(it) => {
                let data = Data {
                    tsn: it.tsn,
                    stream: it.stream,
                    ppid: it.beginning.then_some(it.ppid),
                    payload: &it.payload,
                };
                return self.send(number, side, path, &data, seen);
            }
            Chunk::IData(it) => {
                let data = Data {
                    tsn: it.tsn,
                    stream: it.stream,
                    ppid: it.ppid(),
                    payload: &it.payload,
                };
                return self.send(number, side, path, &data, seen);
            }
            Chunk::InitAck(it) => {
                let ports = {
                    let ends = &self.associations[number].ends;
                    (ends[1 - side].port, ends[side].port)
                };
                let key = (it.initiate_tag.0, ports.0, ports.1);
                self.remember(key, number, 1 - side);
            }
            _ => {}
        }
        let association = &mut self.associations[number];
        match chunk {
            Chunk::Init(it) => {
                association.set_up.inits.add(at);
                association.ends[side].tag = Some(it.initiate_tag);
                association.ends[side].named = named(&it.parameters);
            }
            Chunk::InitAck(it) => {
                association.set_up.init_acks.add(at);
                association.ends[side].tag = Some(it.initiate_tag);
                association.ends[side].named = named(&it.parameters);
            }
            Chunk::CookieEcho(_) => association.set_up.cookies.add(at),
            Chunk::CookieAck(_) => association.set_up.cookie_acks.add(at),
            Chunk::Sack(sack) => association.ends[1 - side].flow.sack(sack, at),
            Chunk::NrSack(it) => association.ends[1 - side].flow.sack(&it.as_sack(), at),
            Chunk::Heartbeat(it) => {
                association.paths[path].ways[side].ask(hash(&it.info), at);
            }
            Chunk::HeartbeatAck(it) => {
                let information = hash(&it.info);
                let paths = association.paths.iter_mut().enumerate();
                let asked = paths.map(|(place, other)| {
                    other.ways[1 - side].answer(information, at, place == path)
                });
                if let Some(asked) = asked.flatten().next() {
                    let flow = &mut association.ends[1 - side].flow;
                    flow.get_through(SMALL, asked);
                }
            }
            Chunk::Abort(it) => {
                let causes: Vec<String> = it.causes.iter().map(cause_in_words).collect();
                association.is_abort_lost |= seen.is_lost;
                association.ending.get_or_insert(Ending::Aborted {
                    by: side,
                    at,
                    causes: causes.join(", "),
                });
            }
            Chunk::Error(it) => {
                for cause in it.causes.iter().take(4) {
                    count_under(&mut association.errors, cause_in_words(cause), at);
                }
            }
            Chunk::ForwardTsn(it) => association.ends[side].flow.abandon(it.new_cumulative_tsn),
            Chunk::IForwardTsn(it) => association.ends[side].flow.abandon(it.new_cumulative_tsn),
            Chunk::Shutdown(it) => {
                association.shutdowns.add(at);
                association.ends[1 - side]
                    .flow
                    .acknowledge(it.cumulative_tsn_ack, at);
                association.shut_down_by.get_or_insert(side);
            }
            Chunk::ShutdownComplete(_) => {
                let by = association.shut_down_by.unwrap_or(side);
                association
                    .ending
                    .get_or_insert(Ending::ShutDown { by, at });
            }
            _ => {}
        }
    }

    /// Takes the chunks of which the capture has only the beginning.
    pub(super) fn take_in_cut(
        &mut self,
        number: usize,
        side: usize,
        path: usize,
        whole: usize,
        seen: Seen<'_>,
    ) {
        for (kind, tsn) in chunk_heads(seen.sctp).skip(whole) {
            match (kind, tsn) {
                (ChunkType::Data | ChunkType::IData, Some(tsn)) => {
                    let data = Data {
                        tsn,
                        stream: StreamId(0),
                        ppid: None,
                        payload: &[],
                    };
                    self.send(number, side, path, &data, seen);
                }
                (ChunkType::Init, _) => self.associations[number].set_up.inits.add(seen.at),
                (ChunkType::InitAck, _) => self.associations[number].set_up.init_acks.add(seen.at),
                (ChunkType::CookieEcho, _) => self.associations[number].set_up.cookies.add(seen.at),
                _ => {}
            }
        }
    }
}

/// A hash of the Heartbeat Info, which a HEARTBEAT and its HEARTBEAT ACK share.
fn hash(information: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(information);
    hasher.finish()
}

/// An error cause in words, with the text that some causes hold.
fn cause_in_words(cause: &Cause) -> String {
    /// The most letters of the text that are kept.
    const KEPT: usize = 200;
    let (name, text) = match cause {
        Cause::UserInitiatedAbort(text) => ("User-Initiated Abort", text),
        Cause::ProtocolViolation(text) => ("Protocol Violation", text),
        other => return other.to_string(),
    };
    let text = String::from_utf8_lossy(text);
    // Some stacks put a number before the text, or a zero byte behind it.
    let words = text.split(|it: char| it.is_control() || it == '\u{fffd}');
    match words.max_by_key(|it| it.len()).filter(|it| it.len() > 3) {
        Some(words) => {
            let words: String = words.chars().take(KEPT).collect();
            format!("{name}: {words}")
        }
        None => name.to_owned(),
    }
}

fn named(parameters: &[Parameter]) -> Vec<IpAddr> {
    /// The most addresses of an end that are kept.
    const KEPT: usize = 32;
    let addresses = parameters.iter().filter_map(|it| match it {
        Parameter::Ipv4Address(address) => Some(IpAddr::from(*address)),
        Parameter::Ipv6Address(address) => Some(IpAddr::from(*address)),
        _ => None,
    });
    addresses.take(KEPT).collect()
}
