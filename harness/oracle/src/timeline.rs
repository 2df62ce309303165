//! The timeline of a recording: its decoded packets, and what was known at a given
//! moment.

use std::net::IpAddr;
use std::sync::Arc;

use bounds::Timing;
use bytes::Bytes;
use recording::{
    AssociationEnd, AssociationName, Associations, Ended, Event, Joined, Observation, Outcome,
    Packet, PacketView as _, PathSample, Recording, Time, joined,
};
use scenario::{EndpointName, StepName, Window};

/// A recording with its packets decoded. It answers what was known at a given moment.
pub(crate) struct Timeline<'a> {
    pub(crate) recording: &'a Recording,
    /// The packets that carry SCTP, decoded once, in order.
    pub(crate) packets: Vec<SctpPacket<'a>>,
    /// The association of each packet.
    pub(crate) associations: Associations,
}

/// A captured packet that carries SCTP.
pub(crate) struct SctpPacket<'a> {
    pub(crate) index: usize,
    pub(crate) captured: &'a Packet,
    pub(crate) source: IpAddr,
    pub(crate) destination: IpAddr,
    /// The differentiated services code point of the IP header.
    pub(crate) dscp: u8,
    /// The decoded packet. The packets at both ends share it where they stand for the same
    /// captured bytes.
    pub(crate) sctp: Arc<wire::Packet>,
}

impl<'a> Timeline<'a> {
    pub(crate) fn new(recording: &'a Recording) -> Self {
        let mut last = None;
        let packets = joined(recording.packets.iter())
            .enumerate()
            .filter_map(|(index, packet)| decode(index, packet, &mut last))
            .collect();
        Self {
            recording,
            packets,
            associations: Associations::of(recording),
        }
    }

    /// How many frames a rule matched, and how many of them it took.
    pub(crate) fn counted(&self, name: &str) -> Option<(u64, u64)> {
        self.observations().find_map(|(_, it)| match &it.event {
            Event::Rule {
                rule,
                matched,
                taken,
            } if rule == name => Some((*matched, *taken)),
            _ => None,
        })
    }

    /// When a step started.
    pub(crate) fn start_of(&self, step: &StepName) -> Option<Time> {
        self.observations().find_map(|(_, it)| match &it.event {
            Event::StepStarted { step: name, .. } if name == step.as_str() => Some(it.at),
            _ => None,
        })
    }

    /// When a step ended, and how.
    pub(crate) fn end_of(&self, step: &StepName) -> Option<(Time, &'a Outcome)> {
        self.observations().find_map(|(_, it)| match &it.event {
            Event::StepEnded {
                step: name,
                outcome,
            } if name == step.as_str() => Some((it.at, outcome)),
            _ => None,
        })
    }

    /// The moment that `before: STEP` means: the start of the step, or for an expectation
    /// the moment at which it was met.
    fn moment_of(&self, step: &StepName) -> Option<Time> {
        match self.end_of(step) {
            Some((end, Outcome::Seen { .. })) => Some(end),
            // Where code takes no time, the effects of a step have the stamp of its
            // start.
            _ => self.start_of(step).map(just_before),
        }
    }

    /// The start and the end of a window. `None` if the run never reached it.
    pub(crate) fn span(&self, window: &Window) -> Option<(Time, Time)> {
        let from = match &window.after {
            Some(step) => self.end_of(step)?.0,
            None => Time::ZERO,
        };
        let to = match &window.before {
            Some(step) => self.moment_of(step)?,
            None => self.recording.info.duration,
        };
        Some((from, to))
    }

    /// Whether all steps were run.
    pub(crate) fn is_complete(&self) -> bool {
        self.recording.info.ended == Ended::Complete
    }

    /// The steps of a window whose times are unknown, in words.
    pub(crate) fn unknown(&self, window: &Window) -> String {
        let steps = window.after.iter().chain(&window.before);
        let unknown: Vec<String> = steps
            .filter(|step| self.start_of(step).is_none())
            .map(|step| format!("`{step}`"))
            .collect();
        format!("the time of {} is not known", unknown.join(" and "))
    }

    /// Whether an association of an endpoint is with `peer`. `None` accepts any peer.
    pub(crate) fn is_with(
        &self,
        endpoint: &str,
        association: &AssociationName,
        peer: Option<&EndpointName>,
    ) -> bool {
        let is_it = |end: &AssociationEnd, peer: &EndpointName| {
            end.endpoint == endpoint
                && end.association == *association
                && end.peer.as_deref() == Some(peer.as_str())
        };
        peer.is_none_or(|peer| {
            self.observations().any(|(_, it)| match &it.event {
                Event::AssociationBegun(end) | Event::AssociationUp(end) => is_it(end, peer),
                _ => false,
            })
        })
    }

    /// The name of the node at whose interface a packet was captured.
    pub(crate) fn node_of(&self, packet: &SctpPacket<'_>) -> Option<&'a str> {
        let interface = self.recording.interfaces.get(packet.captured.interface)?;
        Some(&interface.node)
    }

    pub(crate) fn observations(&self) -> impl Iterator<Item = (usize, &'a Observation)> + use<'a> {
        self.recording.observations.iter().enumerate()
    }

    /// The timers in force on a path of an association: those that were reported for the
    /// path, else those for the association, else those for the socket. Of each the last
    /// report until then counts, or else, except for a single path, the first report.
    pub(crate) fn timers(
        &self,
        endpoint: &str,
        association: Option<&AssociationName>,
        path: Option<IpAddr>,
        at: Time,
    ) -> Option<Timing> {
        let mut scopes: [Option<Timing>; 3] = [None; 3];
        let mut bounds_of_rto = None;
        for (_, it) in self.observations() {
            let Event::Timers {
                endpoint: name,
                association: of,
                address,
                timers,
            } = &it.event
            else {
                continue;
            };
            let is_own = of.is_none() || association.is_none() || of.as_ref() == association;
            if name != endpoint || !is_own || !(address.is_none() || *address == path) {
                continue;
            }
            let scope = match (of, address) {
                (_, Some(_)) => 0,
                (Some(_), None) => 1,
                (None, None) => 2,
            };
            let known = &mut scopes[scope];
            // A later report for a single path does not hold before that report.
            if it.at <= at || (known.is_none() && scope > 0) {
                *known = Some(*timers);
                if scope < 2 || bounds_of_rto.is_none() {
                    bounds_of_rto = Some((timers.rto_initial, timers.rto_min, timers.rto_max));
                }
            }
        }
        let timers = scopes.into_iter().flatten().next()?;
        // The limits of the RTO belong to the association, whichever of its paths
        // reported them last.
        let (rto_initial, rto_min, rto_max) = bounds_of_rto?;
        Some(Timing {
            rto_initial,
            rto_min,
            rto_max,
            ..timers
        })
    }

    /// The packets of an association at a node's interfaces, by time. Of equal times,
    /// received packets come first.
    pub(crate) fn packets_of<'s>(
        &'s self,
        node: &'s str,
        association: &'s AssociationName,
    ) -> impl Iterator<Item = &'s SctpPacket<'a>> {
        let is_of = move |packet: &&SctpPacket<'a>| {
            let interface = self.recording.interfaces.get(packet.captured.interface);
            let is_there = interface.is_some_and(|interface| interface.node == node);
            let flow = || self.associations.flow_of(&packet.sctp);
            is_there && flow().is_some_and(|flow| flow.association == association)
        };
        let mut packets: Vec<&SctpPacket<'a>> = self.packets.iter().filter(is_of).collect();
        // Where no time passes, an answer has the stamp of the packet that it answers.
        packets.sort_by_key(|packet| (packet.captured.at, packet.captured.direction));
        packets.into_iter()
    }

    /// The last sample of each of an endpoint's paths at `at`.
    pub(crate) fn paths(&self, endpoint: &str, at: Time) -> Vec<&'a PathSample> {
        self.paths_of(endpoint, None, at)
    }

    /// The last sample of each path of one association at `at`.
    pub(crate) fn paths_of(
        &self,
        endpoint: &str,
        of: Option<&AssociationName>,
        at: Time,
    ) -> Vec<&'a PathSample> {
        let mut paths: Vec<&PathSample> = Vec::new();
        for (_, it) in self.observations().take_while(|(_, it)| it.at <= at) {
            if let Event::Path {
                endpoint: name,
                association,
                sample,
            } = &it.event
                && name == endpoint
                && of.is_none_or(|of| of == association)
            {
                paths.retain(|known| known.address != sample.address);
                paths.push(sample);
            }
        }
        paths
    }
}

/// The bytes of the last decoded packet, and the decoded packet.
type Decoded = Option<(Bytes, Arc<wire::Packet>)>;

/// Decodes a captured packet. Of a packet in fragments, the last fragment stands for the
/// whole.
fn decode<'a>(
    index: usize,
    packet: Joined<&'a Packet>,
    last: &mut Decoded,
) -> Option<SctpPacket<'a>> {
    let frame = packet.frame().ok()?;
    let (source, destination, dscp) = (frame.source, frame.destination, frame.dscp);
    let bytes = packet.keep(frame.sctp()?);
    let same = |it: &&(Bytes, _)| it.0.as_ptr_range() == bytes.as_ptr_range();
    let sctp = match last.as_ref().filter(same) {
        Some((_, known)) => Arc::clone(known),
        None => Arc::new(wire::Packet::decode_shared(&bytes).ok()?),
    };
    *last = Some((bytes, Arc::clone(&sctp)));
    Some(SctpPacket {
        index,
        captured: packet.into_packet(),
        source,
        destination,
        dscp,
        sctp,
    })
}

fn just_before(moment: Time) -> Time {
    Time::from_nanos(moment.as_nanos().saturating_sub(1))
}
