//! The gaps between what a failed path's timers sent, as the capture has them.
//!
//! Nothing of the judge is used here: a test that asked the judge where the gaps
//! are would prove nothing.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::time::Duration;

use recording::{Direction, Event, Outcome, Packet, PacketView, Recording, Time};
use scenario::{Action, BoundKind, Expect, Expected, Scenario, Within};
use wire::Chunk;
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
}

/// Which packets are between the two endpoints.
#[derive(Clone, Debug)]
pub(super) struct Ends {
    node: String,
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
}

/// Which way a packet goes, or a sample of the path, which stands by what was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    There,
    Back,
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
        let end = seen(recording, judged)?;
        let ends = Ends::of(scenario, expect)?;
        // Of a path that heals, the gap before the HEARTBEAT that is answered
        // begins before the healing.
        let from = match bound {
            BoundKind::Heartbeat => Time::ZERO,
            _ => since,
        };
        let sent = ends.timer_driven(recording, from, end);
        let mut gaps = gaps(&sent, end);
        if bound == BoundKind::Heartbeat {
            gaps.retain(|gap| gap.to > since && !gap.is_last);
        }
        Some(Self {
            bound,
            observer: expect.at.as_str().to_owned(),
            ends,
            end,
            gaps,
        })
    }
}

fn began(recording: &Recording, name: &str) -> Option<Time> {
    let observations = recording.observations.iter();
    observations.rev().find_map(|it| match &it.event {
        Event::StepStarted { step, .. } if step == name => Some(it.at),
        _ => None,
    })
}

fn seen(recording: &Recording, name: &str) -> Option<Time> {
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
    recording.observations.get(index).map(|it| it.at)
}

impl Ends {
    fn of(scenario: &Scenario, expect: &Expect) -> Option<Self> {
        let find = |name: &str| {
            let mut endpoints = scenario.endpoints.iter();
            endpoints.find(|it| it.name.as_str() == name)
        };
        let at = expect.at.as_str();
        let (here, there) = (
            find(at)?,
            find(if at == "hub" { "spoke-1" } else { "hub" })?,
        );
        let of_the_path = match &expect.what {
            Expected::Notification(pattern) => pattern.address,
            Expected::Message { .. } => None,
        };
        Some(Self {
            node: here.node.as_str().to_owned(),
            port: here.port?,
            peer_port: there.port?,
            peer_addresses: match of_the_path {
                Some(address) => vec![address],
                None => there.addresses.clone(),
            },
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

    /// What a timer made the observer send to the failed addresses.
    fn timer_driven(&self, recording: &Recording, since: Time, until: Time) -> Vec<Sent> {
        let mut known: BTreeSet<u32> = BTreeSet::new();
        let mut sent = Vec::new();
        for packet in &recording.packets {
            let interface = recording.interfaces.get(packet.interface);
            let here = interface.is_some_and(|it| it.node == self.node);
            if !here || packet.direction != Direction::Out || packet.at > until {
                continue;
            }
            let Some(((_, destination), sctp)) = decoded(packet) else {
                continue;
            };
            if (sctp.source_port, sctp.destination_port) != (self.port, self.peer_port) {
                continue;
            }
            let mut by = None;
            for chunk in &sctp.chunks {
                match chunk {
                    Chunk::Data(data) if !known.insert(data.tsn.0) => {
                        by = Some(Timer::Retransmission);
                    }
                    Chunk::Init(_) | Chunk::CookieEcho(_) | Chunk::Shutdown(_) => {
                        by = Some(Timer::Retransmission);
                    }
                    Chunk::Heartbeat(_) => by = by.or(Some(Timer::Heartbeat)),
                    _ => {}
                }
            }
            let is_of_it = self.peer_addresses.contains(&destination) && packet.at >= since;
            if let (true, Some(by)) = (is_of_it, by) {
                sent.push(Sent {
                    at: packet.at,
                    address: destination,
                    by,
                });
            }
        }
        sent
    }
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
        if is_first && alone && next.is_none_or(|it| it.by == first.by) {
            gaps.push(gap);
        }
    }
    gaps
}
