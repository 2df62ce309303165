//! The gaps between what a failed path's timers sent, as the capture has them.
//!
//! Nothing of the judge is used here: a test that asked the judge where the gaps
//! are would prove nothing.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::time::Duration;

use recording::{
    AssociationName, Direction, Event, Observation, Outcome, Packet, PacketView, Recording, Time,
};
use scenario::{Action, BoundKind, Expect, Expected, Scenario, Within};
use wire::chunk::Sack;
use wire::{Chunk, Tsn};

use crate::generator::JUDGED;
use wire::frame::Frame;

/// What happens at a moment happens within so long.
pub(super) const MOMENT: Duration = Duration::from_millis(1);

/// A path, or all paths of an association, from the fault to what a bound is of.
#[derive(Clone, Debug)]
pub(super) struct Course {
    pub(super) bound: BoundKind,
    pub(super) observer: String,
    pub(super) ends: Ends,
    /// When it was noticed.
    pub(super) end: Time,
    pub(super) gaps: Vec<Gap>,
    /// Whether the peer ended it by an answer, and no limit of retransmissions did: then
    /// one more or one fewer is as right.
    pub(super) is_answered: bool,
}

/// Which packets are between the two endpoints.
#[derive(Clone, Debug)]
pub(super) struct Ends {
    node: String,
    /// As the observer's kernel calls it.
    pub(super) association: AssociationName,
    port: u16,
    peer_port: u16,
    peer_addresses: Vec<IpAddr>,
}

/// The time between two transmissions, one after the other, by one timer of one
/// path, or from the last one until what the bound is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Gap {
    pub(super) from: Time,
    pub(super) to: Time,
    pub(super) address: IpAddr,
    pub(super) by: Timer,
    /// Whether nothing was sent at its end.
    pub(super) is_last: bool,
}

impl Gap {
    pub(super) fn length(&self) -> Duration {
        self.to - self.from
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Timer {
    Heartbeat,
    /// T3-rtx, T1-init, T1-cookie, T2-shutdown.
    Retransmission,
    /// More than one may have: a retransmission that the window held back goes out with
    /// whatever else makes the kernel send, as a HEARTBEAT, a packet that came in, or a
    /// message of the application. Gaps from there or to there are no timer's.
    Unclear,
}

/// Which way a packet goes, or a sample of the path, which stands by what was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    There,
    Back,
    Sample,
}

struct Sent {
    at: Time,
    address: IpAddr,
    by: Timer,
}

impl Course {
    /// The course that an expectation with a bound saw the end of.
    pub(super) fn of(scenario: &Scenario, recording: &Recording, judged: &str) -> Option<Self> {
        let expect = scenario.steps.iter().find_map(|step| match &step.action {
            Action::Expect(expect) if step.name.as_str() == judged => Some(expect),
            _ => None,
        })?;
        let Within::Bound(bound) = expect.within else {
            return None;
        };
        let since = began(recording, expect.since.as_ref()?.as_str())?;
        let end = seen(recording, judged)?.at;
        let ends = Ends::of(scenario, recording, expect, seen(recording, judged)?)?;
        let (mut sent, signs) = ends.timer_driven(recording, end);
        let mut gaps = match bound {
            // The gap before the HEARTBEAT that is answered begins before the healing,
            // and after the failure.
            BoundKind::Heartbeat => {
                let failed = seen(recording, JUDGED)?.at;
                let of_the_failure =
                    |gap: &Gap| gap.from >= failed && gap.to > since && !gap.is_last;
                gaps(&sent, end)
                    .into_iter()
                    .filter(of_the_failure)
                    .collect()
            }
            _ => {
                // A sign of life begins the course anew.
                sent.retain(|it| {
                    let last = signs
                        .iter()
                        .filter(|(address, at)| *address == it.address && *at + MOMENT < end);
                    it.at >= since && last.map(|(_, at)| *at).all(|sign| it.at > sign)
                });
                gaps(&sent, end)
            }
        };
        if bound == BoundKind::Shutdown && is_guarded(recording, &sent, end, expect.at.as_str()) {
            gaps.clear();
        }
        let is_answered = bound != BoundKind::Heartbeat && ends.is_answered(recording, since, end);
        Some(Self {
            is_answered,
            bound,
            observer: expect.at.as_str().to_owned(),
            ends,
            end,
            gaps,
        })
    }
}

impl Course {
    /// Whether the association was given up at the end of a gap. At its limit of errors
    /// whatever timer runs out next does that, be it of another path: what is sent at that
    /// moment is no error more, and none fewer without it.
    pub(super) fn is_ended_with(&self, gap: &Gap) -> bool {
        matches!(self.bound, BoundKind::Association | BoundKind::Shutdown)
            && gap.to + MOMENT >= self.end
    }
}

fn began(recording: &Recording, name: &str) -> Option<Time> {
    let observations = recording.observations.iter();
    observations.rev().find_map(|it| match &it.event {
        Event::StepStarted { step, .. } if step == name => Some(it.at),
        _ => None,
    })
}

fn seen<'r>(recording: &'r Recording, name: &str) -> Option<&'r Observation> {
    let index = recording
        .observations
        .iter()
        .find_map(|it| match &it.event {
            Event::StepEnded {
                step,
                outcome: Outcome::Seen { observation },
            } if step == name => Some(*observation),
            _ => None,
        })?;
    recording.observations.get(index)
}

impl Ends {
    /// Those of the association that what was seen is of: a socket may have several, to
    /// hosts that share a link.
    fn of(
        scenario: &Scenario,
        recording: &Recording,
        expect: &Expect,
        seen: &Observation,
    ) -> Option<Self> {
        let at = expect.at.as_str();
        let mut endpoints = scenario.endpoints.iter();
        let here = endpoints.find(|it| it.name.as_str() == at)?;
        let Event::Notification {
            association: Some(association),
            ..
        } = &seen.event
        else {
            return None;
        };
        let observations = recording.observations.iter();
        let known = observations.filter_map(|it| match &it.event {
            Event::AssociationBegun(end) | Event::AssociationUp(end) => Some(end),
            _ => None,
        });
        // The later tells all addresses of the peer.
        let mut known = known.filter(|it| it.endpoint == at && it.association == *association);
        let remote = &known.next_back()?.remote;
        let of_the_path = match &expect.what {
            Expected::Notification(pattern) => pattern.address,
            _ => None,
        };
        Some(Self {
            node: here.node.as_str().to_owned(),
            association: association.clone(),
            port: here.port?,
            peer_port: remote.port,
            peer_addresses: match of_the_path {
                Some(address) => vec![address],
                None => remote.addresses.clone(),
            },
        })
    }

    /// Whether the peer's ABORT, SHUTDOWN ACK or SHUTDOWN COMPLETE came before the end.
    fn is_answered(&self, recording: &Recording, since: Time, end: Time) -> bool {
        let mut packets = recording.packets.iter();
        packets.any(|packet| {
            let interface = recording.interfaces.get(packet.interface);
            let is_there = interface.is_some_and(|it| it.node == self.node)
                && packet.direction == Direction::In
                && (since..=end).contains(&packet.at);
            is_there
                && decoded(packet).is_some_and(|((source, _), sctp)| {
                    self.peer_addresses.contains(&source)
                        && (sctp.source_port, sctp.destination_port) == (self.peer_port, self.port)
                        && sctp.chunks.iter().any(|chunk| {
                            matches!(
                                chunk,
                                Chunk::Abort(_)
                                    | Chunk::ShutdownAck(_)
                                    | Chunk::ShutdownComplete(_)
                            )
                        })
                })
        })
    }

    /// Whether a packet is one of the observer's over this path, or an answer.
    pub(super) fn way_of(&self, packet: &Packet, address: IpAddr) -> Option<Way> {
        let ((source, destination), sctp) = decoded(packet)?;
        let ports = (sctp.source_port, sctp.destination_port);
        if destination == address && ports == (self.port, self.peer_port) {
            return Some(Way::There);
        }
        (source == address && ports == (self.peer_port, self.port)).then_some(Way::Back)
    }

    /// What a timer made the observer send to the failed addresses, and when which of
    /// them showed a sign of life: a HEARTBEAT ACK, or the acknowledgement of what was
    /// sent there last.
    fn timer_driven(&self, recording: &Recording, until: Time) -> (Vec<Sent>, Vec<Sign>) {
        let mut unacknowledged: Vec<(Tsn, IpAddr)> = Vec::new();
        let mut known: BTreeSet<u32> = BTreeSet::new();
        let released = self.released(recording);
        let (mut sent, mut signs) = (Vec::new(), Vec::new());
        for packet in &recording.packets {
            let interface = recording.interfaces.get(packet.interface);
            let here = interface.is_some_and(|it| it.node == self.node);
            let Some(((source, destination), sctp)) = decoded(packet).filter(|_| here) else {
                continue;
            };
            let ports = (sctp.source_port, sctp.destination_port);
            if packet.at > until {
                break;
            }
            if packet.direction == Direction::In && ports == (self.peer_port, self.port) {
                for chunk in &sctp.chunks {
                    match chunk {
                        Chunk::HeartbeatAck(_) => signs.push((source, packet.at)),
                        Chunk::Sack(sack) => unacknowledged.retain(|(tsn, address)| {
                            let is_new = acknowledges(sack, *tsn);
                            signs.extend(is_new.then_some((*address, packet.at)));
                            !is_new
                        }),
                        _ => {}
                    }
                }
            }
            if packet.direction != Direction::Out || ports != (self.port, self.peer_port) {
                continue;
            }
            let mut by = None;
            for chunk in &sctp.chunks {
                match chunk {
                    Chunk::Data(data) => {
                        unacknowledged.retain(|(tsn, _)| *tsn != data.tsn);
                        unacknowledged.push((data.tsn, destination));
                        if !known.insert(data.tsn.0) {
                            let is_released = released
                                .iter()
                                .any(|at| *at <= packet.at + MOMENT && packet.at <= *at + MOMENT);
                            by = Some(match is_released {
                                true => Timer::Unclear,
                                false => Timer::Retransmission,
                            });
                        }
                    }
                    Chunk::Init(_) | Chunk::CookieEcho(_) | Chunk::Shutdown(_) => {
                        by = Some(Timer::Retransmission);
                    }
                    Chunk::Heartbeat(_) => by = by.or(Some(Timer::Heartbeat)),
                    _ => {}
                }
            }
            if let (true, Some(by)) = (self.peer_addresses.contains(&destination), by) {
                sent.push(Sent {
                    at: packet.at,
                    address: destination,
                    by,
                });
            }
        }
        (sent, signs)
    }
}

/// A sign of life of an address.
type Sign = (IpAddr, Time);

impl Ends {
    /// When something made the kernel send what it may, besides a timer of
    /// retransmissions: a HEARTBEAT, a packet that came in, a message of the application.
    fn released(&self, recording: &Recording) -> Vec<Time> {
        let packets = recording.packets.iter().filter(|packet| {
            let interface = recording.interfaces.get(packet.interface);
            let is_here = interface.is_some_and(|it| it.node == self.node);
            is_here
                && decoded(packet).is_some_and(|(_, sctp)| {
                    let ports = (sctp.source_port, sctp.destination_port);
                    let is_heartbeat = |chunk: &Chunk| matches!(chunk, Chunk::Heartbeat(_));
                    match packet.direction {
                        Direction::In => ports == (self.peer_port, self.port),
                        Direction::Out => {
                            ports == (self.port, self.peer_port)
                                && sctp.chunks.iter().any(is_heartbeat)
                        }
                    }
                })
        });
        let messages = recording
            .observations
            .iter()
            .filter_map(|it| match &it.event {
                Event::Sent { association, .. }
                    if association.as_ref() == Some(&self.association) =>
                {
                    Some(it.at)
                }
                _ => None,
            });
        packets.map(|packet| packet.at).chain(messages).collect()
    }
}

fn acknowledges(sack: &Sack, tsn: Tsn) -> bool {
    let distance = i64::from(tsn.offset_from(sack.cumulative_tsn_ack));
    let mut blocks = sack.gap_ack_blocks.iter();
    distance <= 0 || blocks.any(|it| (i64::from(it.start)..=i64::from(it.end)).contains(&distance))
}

/// Whether a shutdown took so long that its guard has ended it, whatever was sent
/// meanwhile: 5 × RTO.Max (RFC 9260 section 9.2).
fn is_guarded(recording: &Recording, sent: &[Sent], end: Time, observer: &str) -> bool {
    let timers = recording
        .observations
        .iter()
        .filter_map(|it| match &it.event {
            Event::Timers {
                endpoint, timers, ..
            } if endpoint == observer => Some(timers.rto_max),
            _ => None,
        });
    let guard = timers.max().map(|rto_max| rto_max * 5);
    let first = sent.first().map(|it| it.at);
    first.is_none_or(|first| guard.is_some_and(|guard| end - first >= guard))
}

type Pair = (IpAddr, IpAddr);

fn decoded(packet: &Packet) -> Option<(Pair, wire::Packet)> {
    let frame = Frame::decode(&packet.frame).ok()?;
    let sctp = wire::Packet::decode(packet.sctp().ok()?).ok()?;
    Some(((frame.source, frame.destination), sctp))
}

/// Between two of one path and one timer, with none of another timer between
/// them: those are courses of their own.
fn gaps(sent: &[Sent], end: Time) -> Vec<Gap> {
    let mut gaps = Vec::new();
    for (index, first) in sent.iter().enumerate() {
        let later = sent[index + 1..].iter();
        let next = later
            .clone()
            .find(|it| it.address == first.address && it.at > first.at + MOMENT);
        let gap = Gap {
            from: first.at,
            to: next.map_or(end, |it| it.at),
            address: first.address,
            by: first.by,
            is_last: next.is_none(),
        };
        let same_moment = |other: &Sent| other.at <= first.at + MOMENT;
        // Of several packets of one moment the first begins the gap.
        let before = sent[..index].iter().rev();
        let is_first = before
            .take_while(|it| it.at + MOMENT >= first.at)
            .all(|it| it.address != first.address);
        let alone = later
            .take_while(|it| same_moment(it))
            .all(|it| it.address != first.address || it.by == first.by);
        let is_clear = first.by != Timer::Unclear;
        if is_first && alone && is_clear && next.is_none_or(|it| it.by == first.by) {
            gaps.push(gap);
        }
    }
    gaps
}
