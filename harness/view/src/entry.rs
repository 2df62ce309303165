//! Lines of the ladder, in the form in which they are kept.

use recording::Time;
use report::{Content, End, Host, Hosts, Line, Link, PacketLine, What};
use serde::{Deserialize, Serialize};

/// Greatest length of a label that is kept.
const KEPT: usize = 2000;

/// A line of the ladder: the data for drawing and filtering.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Entry {
    /// Time in nanoseconds since the start.
    pub(crate) at: u64,
    /// Number of the packet in the file, from 1.
    pub(crate) frame: Option<u64>,
    /// Number of the association, from 1; 0 if it is not known.
    pub(crate) association: usize,
    pub(crate) link: usize,
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) end: Journey,
    /// The action of a rule on the packet, in words.
    pub(crate) fault: Option<String>,
    /// The types of its chunks.
    pub(crate) chunks: Vec<String>,
    /// The label of the packet.
    pub(crate) label: String,
}

/// How the journey of a packet ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Journey {
    /// The packet arrived, or may have arrived.
    #[default]
    Good,
    Lost,
    UnderWay,
    OutOfNowhere,
}

impl Entry {
    /// The entry of a packet's line; `None` for other lines.
    pub(crate) fn of(line: &Line, hosts: &Hosts) -> Option<Self> {
        let What::Packet(packet) = &line.what else {
            return None;
        };
        // In the lab's own captures, packets are counted from 0.
        let counted = packet.sent.or(packet.received).map(|it| it as u64 + 1);
        let association = match &packet.content {
            Content::Sctp { origin, .. } => origin.association,
            Content::Icmp(icmp) => icmp.about.as_ref().map_or(0, |it| it.origin.association),
            Content::Broken(_) | Content::Other(_) => 0,
        };
        let mut chunks: Vec<String> = Vec::new();
        for chunk in packet.chunks() {
            let name = chunk.kind().to_string();
            if !chunks.contains(&name) {
                chunks.push(name);
            }
        }
        if let Content::Icmp(_) = packet.content {
            chunks.push("ICMP".to_owned());
        }
        let mut label = packet.label(hosts);
        if label.len() > KEPT {
            label.truncate(label.floor_char_boundary(KEPT));
            label.push('…');
        }
        Some(Self {
            at: line.at.as_nanos(),
            frame: packet.frame.or(counted),
            association,
            link: packet.link.0,
            from: packet.from.0,
            to: packet.to.0,
            end: match packet.end {
                End::Arrived(_) | End::Unseen => Journey::Good,
                End::Lost => Journey::Lost,
                End::UnderWay => Journey::UnderWay,
                End::OutOfNowhere => Journey::OutOfNowhere,
            },
            fault: packet.fault.clone(),
            chunks,
            label,
        })
    }

    /// A line that is drawn like the packet's own, with its number or without.
    pub(crate) fn line(&self, has_number: bool) -> Line {
        Line {
            at: Time::from_nanos(self.at),
            what: What::Packet(Box::new(PacketLine {
                link: Link(self.link),
                from: Host(self.from),
                to: Host(self.to),
                sent: None,
                received: None,
                frame: self.frame.filter(|_| has_number),
                file: None,
                end: match self.end {
                    Journey::Good => End::Unseen,
                    Journey::Lost => End::Lost,
                    Journey::UnderWay => End::UnderWay,
                    Journey::OutOfNowhere => End::OutOfNowhere,
                },
                fault: self.fault.clone(),
                fragments: 1,
                addresses: None,
                dscp: 0,
                strays: false,
                is_of_the_lab: false,
                content: Content::Other(self.label.clone()),
            })),
        }
    }
}
