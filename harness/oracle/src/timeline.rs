use std::net::IpAddr;

use bounds::Timing;
use recording::{
    AssociationEnd, AssociationName, Ended, Event, Observation, Outcome, Packet, PathSample,
    Recording, Time,
};
use scenario::{EndpointName, StepName, Window};
use wire::frame::{Frame, Transport};

/// A recording, asked for moments and for what was known at them.
pub(crate) struct Timeline<'a> {
    pub(crate) recording: &'a Recording,
    /// The packets that carry SCTP, decoded once, in order.
    pub(crate) packets: Vec<SctpPacket<'a>>,
}

/// A captured packet that carries SCTP.
pub(crate) struct SctpPacket<'a> {
    pub(crate) index: usize,
    pub(crate) captured: &'a Packet,
    pub(crate) source: IpAddr,
    pub(crate) destination: IpAddr,
    pub(crate) sctp: wire::Packet,
}

impl<'a> Timeline<'a> {
    pub(crate) fn new(recording: &'a Recording) -> Self {
        let packets = recording
            .packets
            .iter()
            .enumerate()
            .filter_map(|(index, captured)| decode(index, captured))
            .collect();
        Self { recording, packets }
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

    /// What `before: STEP` means: the start of the step, or of an expectation
    /// the moment at which it was satisfied.
    fn moment_of(&self, step: &StepName) -> Option<Time> {
        match self.end_of(step) {
            Some((end, Outcome::Seen { .. })) => Some(end),
            _ => self.start_of(step),
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

    /// The last report of an endpoint's timers at `at`, or else the first
    /// one after it: those of the path to an address, where its own are known.
    pub(crate) fn timers(
        &self,
        endpoint: &str,
        path: Option<IpAddr>,
        at: Time,
    ) -> Option<&'a Timing> {
        let mut best = None;
        for (_, it) in self.observations() {
            if let Event::Timers {
                endpoint: name,
                address,
                timers,
                ..
            } = &it.event
                && name == endpoint
                && (address.is_none() || *address == path)
                && (it.at <= at || best.is_none())
            {
                best = Some(timers);
            }
        }
        best
    }

    /// The last sample of each of an endpoint's paths at `at`.
    pub(crate) fn paths(&self, endpoint: &str, at: Time) -> Vec<&'a PathSample> {
        let mut paths: Vec<&PathSample> = Vec::new();
        for (_, it) in self.observations().take_while(|(_, it)| it.at <= at) {
            if let Event::Path {
                endpoint: name,
                sample,
                ..
            } = &it.event
                && name == endpoint
            {
                paths.retain(|known| known.address != sample.address);
                paths.push(sample);
            }
        }
        paths
    }
}

fn decode(index: usize, captured: &Packet) -> Option<SctpPacket<'_>> {
    let frame = Frame::decode(&captured.frame).ok()?;
    let bytes = match frame.transport {
        Transport::Sctp(bytes) | Transport::UdpEncapsulated { sctp: bytes, .. } => bytes,
        _ => return None,
    };
    Some(SctpPacket {
        index,
        captured,
        source: frame.source,
        destination: frame.destination,
        sctp: wire::Packet::decode(bytes).ok()?,
    })
}
