use std::net::IpAddr;
use std::sync::Arc;

use bounds::Timing;
use bytes::Bytes;
use recording::{
    AssociationEnd, AssociationName, Associations, Ended, Event, Joined, Observation, Outcome,
    Packet, PacketView as _, PathSample, Recording, Time, joined,
};
use scenario::{EndpointName, StepName, Window};

/// A recording, asked for moments and for what was known at them.
pub(crate) struct Timeline<'a> {
    pub(crate) recording: &'a Recording,
    /// The packets that carry SCTP, decoded once, in order.
    pub(crate) packets: Vec<SctpPacket<'a>>,
    /// Which association a packet belongs to.
    pub(crate) associations: Associations,
}

/// A captured packet that carries SCTP.
pub(crate) struct SctpPacket<'a> {
    pub(crate) index: usize,
    pub(crate) captured: &'a Packet,
    pub(crate) source: IpAddr,
    pub(crate) destination: IpAddr,
    /// Shared with the other end's sight of it, where a capture shows only one.
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

    /// What `before: STEP` means: until the step starts, or of an expectation
    /// until the moment at which it was satisfied.
    fn moment_of(&self, step: &StepName) -> Option<Time> {
        match self.end_of(step) {
            Some((end, Outcome::Seen { .. })) => Some(end),
            // Where code takes no time, what a step does has the stamp of its start.
            _ => self.start_of(step).map(just_before),
        }
    }

    /// The span that a window means; `None` if the run never came to it.
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

    /// Which steps of a window have no known time, in words.
    pub(crate) fn unknown(&self, window: &Window) -> String {
        let steps = window.after.iter().chain(&window.before);
        let unknown: Vec<String> = steps
            .filter(|step| self.start_of(step).is_none())
            .map(|step| format!("`{step}`"))
            .collect();
        format!("when {} was, is not known", unknown.join(" and "))
    }

    /// Whether an association of an endpoint is with `peer`; any will do, if that is
    /// `None`.
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

    /// The name of the node whose interface a packet passed.
    pub(crate) fn node_of(&self, packet: &SctpPacket<'_>) -> Option<&'a str> {
        let interface = self.recording.interfaces.get(packet.captured.interface)?;
        Some(&interface.node)
    }

    pub(crate) fn observations(&self) -> impl Iterator<Item = (usize, &'a Observation)> + use<'a> {
        self.recording.observations.iter().enumerate()
    }

    /// The timers in force on a path of an association: those that the path reported
    /// as its own, else those that the association reported, else those of the
    /// socket; of each the last report until then, or else the first one.
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
            // What a path is told later does not hold before that.
            if it.at <= at || (known.is_none() && scope > 0) {
                *known = Some(*timers);
                if scope < 2 || bounds_of_rto.is_none() {
                    bounds_of_rto = Some((timers.rto_initial, timers.rto_min, timers.rto_max));
                }
            }
        }
        let timers = scopes.into_iter().flatten().next()?;
        // They are the association's, whichever of its paths reported them last.
        let (rto_initial, rto_min, rto_max) = bounds_of_rto?;
        Some(Timing {
            rto_initial,
            rto_min,
            rto_max,
            ..timers
        })
    }

    /// The packets of an association as they passed a node's interfaces, in the order
    /// of time; of one time those first that came in.
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
        // Where no time passes meanwhile, an answer has the stamp of what it answers.
        packets.sort_by_key(|packet| (packet.captured.at, packet.captured.direction));
        packets.into_iter()
    }

    /// The last sample of each of an endpoint's paths at `at`.
    pub(crate) fn paths(&self, endpoint: &str, at: Time) -> Vec<&'a PathSample> {
        self.paths_of(endpoint, None, at)
    }

    /// The same of one association.
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

/// The bytes that were decoded last, and what they are.
type Decoded = Option<(Bytes, Arc<wire::Packet>)>;

/// Of a packet in fragments, the last of these tells what it holds.
fn decode<'a>(
    index: usize,
    packet: Joined<&'a Packet>,
    last: &mut Decoded,
) -> Option<SctpPacket<'a>> {
    let frame = packet.frame().ok()?;
    let (source, destination) = (frame.source, frame.destination);
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
        sctp,
    })
}

fn just_before(moment: Time) -> Time {
    Time::from_nanos(moment.as_nanos().saturating_sub(1))
}
