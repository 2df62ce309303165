//! Puts packets and observations on one timeline.

use std::iter::Peekable;

use recording::{Event, Fields, MessageId, Observation, Outcome, PacketView};
use wire::Glance;

use crate::flow::Flows;
use crate::hosts::Hosts;
use crate::line::{Content, Line, Note, NoteKind, StepKind, StepLine, What};
use crate::pairing::{Journey, Journeys};
use crate::path_notes::PathNotes;
use crate::setting::Setting;
use crate::told::{Glanced, Holds, Told, decoded, packet_line};

/// All that a ladder tells, unfolded.
pub(crate) struct Story<'a, P, O>
where
    P: Iterator<Item: PacketView>,
    O: Iterator,
{
    hosts: &'a Hosts,
    setting: Setting,
    journeys: Peekable<Journeys<'a, P>>,
    observations: Peekable<O>,
    flows: Flows,
    path_notes: PathNotes,
}

impl<'a, P, O> Story<'a, P, O>
where
    P: Iterator<Item: PacketView>,
    O: Iterator<Item = &'a Observation>,
{
    /// Both `packets` and `observations` must come in the order of time.
    pub(crate) fn new(hosts: &'a Hosts, setting: Setting, packets: P, observations: O) -> Self {
        Self {
            hosts,
            journeys: Journeys::new(hosts, &setting, packets).peekable(),
            setting,
            observations: observations.peekable(),
            flows: Flows::default(),
            path_notes: PathNotes::default(),
        }
    }

    /// The next observation, if it comes before the next journey: of the same
    /// moment, what the lab did comes first.
    fn next_observation(&mut self) -> Option<&'a Observation> {
        let journeys = &mut self.journeys;
        self.observations.next_if(|observation| {
            let next = journeys.peek();
            next.is_none_or(|journey| observation.at <= journey.packet.at())
        })
    }

    fn of_journey(&mut self, journey: Journey<P::Item>) -> Told<P::Item> {
        let sctp = match journey.packet.sctp() {
            Ok(sctp) => sctp,
            Err(name) => return Told::Line(packet_line(&journey, Content::Other(name))),
        };
        if let Some(glance) = Glance::at(sctp) {
            let (origin, again) = self
                .flows
                .take_in_glance(glance, journey.from, journey.link);
            return Told::Glanced(Glanced {
                holds: Holds::of(glance),
                journey,
                origin,
                again,
            });
        }
        let content = decoded(&journey.packet, sctp, |packet| {
            self.flows.take_in(packet, journey.from, journey.link)
        });
        Told::Line(packet_line(&journey, content))
    }

    /// The line of an observation, if it is something to show.
    fn of_observation(&mut self, observation: &Observation) -> Option<Line> {
        let what = match &observation.event {
            Event::StepStarted { words, acts, .. } => What::Step(StepLine {
                text: words.clone(),
                kind: match acts {
                    true => StepKind::Acts,
                    false => StepKind::Waits,
                },
            }),
            Event::StepEnded { step, outcome } => {
                let text = match outcome {
                    Outcome::Done | Outcome::Seen { .. } => return None,
                    Outcome::NotSeen => format!("{step}: not seen"),
                    Outcome::Failed { why } => format!("{step}: {why}"),
                };
                What::Step(StepLine {
                    text,
                    kind: StepKind::Failed,
                })
            }
            Event::Call {
                endpoint,
                call,
                arguments,
                result,
            } => {
                let result = match result {
                    Ok(value) if value.is_empty() => String::new(),
                    Ok(value) => format!(" = {value}"),
                    Err(error) => format!(" ✗ {error}"),
                };
                let text = format!("{call}({arguments}){result}");
                self.note(endpoint, NoteKind::Call, text)
            }
            Event::Notification {
                endpoint,
                name,
                fields,
                ..
            } => self.note(endpoint, NoteKind::Notification, notification(name, fields)),
            Event::Sent {
                endpoint,
                to,
                step,
                number,
                size,
                error,
                ..
            } => {
                let error = error.iter().map(|name| format!(" ✗ {name}"));
                let error: String = error.collect();
                let text = format!("send {step} {number}, {size} B to {to}{error}");
                self.note(endpoint, NoteKind::Message, text)
            }
            Event::Received {
                endpoint,
                message,
                stream,
                size,
                ..
            } => {
                let text = received(message.as_ref(), *stream, *size);
                self.note(endpoint, NoteKind::Message, text)
            }
            Event::Path {
                endpoint,
                association,
                sample,
            } => {
                let text = self.path_notes.take_in(endpoint, association, sample)?;
                self.note(endpoint, NoteKind::Path, text)
            }
            Event::Timers { .. }
            | Event::AssociationBegun(_)
            | Event::AssociationUp(_)
            | Event::AssociationEnded { .. }
            | Event::Association { .. }
            | Event::Rule { .. } => return None,
        };
        Some(Line {
            at: observation.at,
            what,
        })
    }

    fn note(&self, endpoint: &str, kind: NoteKind, text: String) -> What {
        let node = self
            .setting
            .endpoints
            .get(endpoint)
            .map_or(endpoint, String::as_str);
        let host = self.hosts.named(node);
        // Beside the right host, the endpoint's name says nothing new.
        let text = match host {
            Some(_) if node == endpoint => text,
            _ => format!("{endpoint}: {text}"),
        };
        What::Note(Note {
            host,
            kind,
            text,
            times: 1,
        })
    }
}

impl<'a, P, O> Iterator for Story<'a, P, O>
where
    P: Iterator<Item: PacketView>,
    O: Iterator<Item = &'a Observation>,
{
    type Item = Told<P::Item>;

    fn next(&mut self) -> Option<Self::Item> {
        while let Some(observation) = self.next_observation() {
            if let Some(line) = self.of_observation(observation) {
                return Some(Told::Line(line));
            }
        }
        let journey = self.journeys.next()?;
        Some(self.of_journey(journey))
    }
}

/// A notification by what it tells: the state where it has one, and the address
/// it is about.
fn notification(name: &str, fields: &Fields) -> String {
    let state = fields.state().unwrap_or(name);
    match fields.address() {
        Some(address) => format!("{state} {address}"),
        None => state.to_owned(),
    }
}

fn received(message: Option<&MessageId>, stream: u16, size: usize) -> String {
    match message {
        Some(id) => format!(
            "receive {} {}, {size} B on stream {stream}",
            id.step, id.number
        ),
        None => format!("receive {size} B on stream {stream}"),
    }
}
