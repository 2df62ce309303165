//! Counts of the chunks in a folded stretch.

use std::collections::BTreeMap;
use std::time::Duration;

use recording::Time;
use wire::ChunkType;

use crate::hosts::{Hosts, Link};

/// Counts of chunks by link, over a stretch of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Number of packets.
    pub packets: u64,
    /// Times at which the first and the last packet were sent.
    pub span: Option<(Time, Time)>,
    /// Number of chunks of each type on each link, both directions together.
    pub chunks: BTreeMap<Link, BTreeMap<ChunkType, u64>>,
}

/// Greatest number of links in the words: a capture may have tens of thousands.
const LINKS_SHOWN: usize = 16;

impl Tally {
    pub(crate) fn add_packet(&mut self, at: Time) {
        self.packets += 1;
        let (from, to) = self.span.unwrap_or((at, at));
        self.span = Some((from.min(at), to.max(at)));
    }

    pub(crate) fn add_chunks(
        &mut self,
        link: Link,
        chunks: impl IntoIterator<Item = (ChunkType, u64)>,
    ) {
        let by_type = self.chunks.entry(link).or_default();
        for (chunk, count) in chunks {
            *by_type.entry(chunk).or_default() += count;
        }
    }

    /// Time at which the first packet was sent.
    pub(crate) fn from(&self) -> Time {
        self.span.map_or(Time::ZERO, |(from, _)| from)
    }

    /// Time from the first packet to the last.
    pub(crate) fn duration(&self) -> Duration {
        self.span.map_or(Duration::ZERO, |(from, to)| to - from)
    }

    /// Words such as `12.3 s: 24 × DATA, 24 × SACK on path-a; 1 × HEARTBEAT/ACK on
    /// path-b`.
    pub(crate) fn words(&self, hosts: &Hosts) -> String {
        let links = self.chunks.iter().map(|(link, by_type)| {
            let counts: Vec<String> = counted(by_type)
                .map(|(count, name)| format!("{count} × {name}"))
                .collect();
            format!("{} on {}", counts.join(", "), hosts.link(*link))
        });
        let links: Vec<String> = links.take(LINKS_SHOWN).collect();
        let more = match self.chunks.len().saturating_sub(LINKS_SHOWN) {
            0 => String::new(),
            more => format!("; and on {more} more"),
        };
        let tenths = self.duration().as_millis() / 100;
        format!(
            "{}.{} s: {}{more}",
            tenths / 10,
            tenths % 10,
            links.join("; ")
        )
    }
}

/// The counts with their names. HEARTBEAT and HEARTBEAT ACK are counted together if their
/// numbers are equal.
fn counted(by_type: &BTreeMap<ChunkType, u64>) -> impl Iterator<Item = (u64, String)> {
    let count = |kind| by_type.get(&kind).copied();
    let are_pairs = count(ChunkType::Heartbeat) == count(ChunkType::HeartbeatAck);
    by_type.iter().filter_map(move |(kind, count)| match kind {
        ChunkType::Heartbeat if are_pairs => Some((*count, "HEARTBEAT/ACK".to_owned())),
        ChunkType::HeartbeatAck if are_pairs => None,
        kind => Some((*count, kind.to_string())),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use recording::Interface;

    #[test]
    fn a_stretch_in_words() {
        let interface = |link: &str| Interface {
            node: "client".into(),
            link: link.into(),
        };
        let hosts = Hosts::of(&[interface("path-a"), interface("path-b")]);
        let mut tally = Tally::default();
        let mut add = |milliseconds: u64, link, chunk| {
            tally.add_packet(Time::from_nanos(milliseconds * 1_000_000));
            tally.add_chunks(link, [(chunk, 1)]);
        };
        for number in 0..24 {
            add(500 * number, Link(0), ChunkType::Data);
            add(500 * number + 10, Link(0), ChunkType::Sack);
        }
        add(3000, Link(1), ChunkType::Heartbeat);
        add(3020, Link(1), ChunkType::HeartbeatAck);
        assert_eq!(
            tally.words(&hosts),
            "11.5 s: 24 × DATA, 24 × SACK on path-a; 1 × HEARTBEAT/ACK on path-b"
        );
        assert_eq!(tally.packets, 50);
    }
}
