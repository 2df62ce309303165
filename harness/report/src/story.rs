//! Merges packets and observations into one timeline.

use std::iter::Peekable;

use recording::{Event, Fields, MessageId, Observation, Outcome, Output, PacketView};
use wire::frame::{self, Transport, chunk_heads};
use wire::{Glance, VerificationTag};

use crate::addressing::Addressing;
use crate::flow::{Flows, Way};
use crate::hosts::Hosts;
use crate::late_samples::LateSamples;
use crate::line::{About, Content, Icmp, Line, Note, NoteKind, StepKind, StepLine, What};
use crate::pairing::{Journey, Journeys};
use crate::path_notes::PathNotes;
use crate::setting::Setting;
use crate::story_item::{Around, Glanced, Holds, StoryItem, addresses, decoded};

/// All lines of a ladder, not folded.
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
    addressing: Addressing,
    late_samples: LateSamples,
}

impl<'a, P, O> Story<'a, P, O>
where
    P: Iterator<Item: PacketView>,
    O: Iterator<Item = &'a Observation>,
{
    /// Both `packets` and `observations` must be in the order of time.
    pub(crate) fn new(hosts: &'a Hosts, setting: Setting, packets: P, observations: O) -> Self {
        Self {
            hosts,
            journeys: Journeys::new(hosts, &setting, packets).peekable(),
            addressing: Addressing::new(&setting, hosts),
            late_samples: LateSamples::default(),
            flows: Flows::new(!setting.is_of_the_lab),
            setting,
            observations: observations.peekable(),
            path_notes: PathNotes::default(),
        }
    }

    /// The next observation, if it comes before the next journey. At the same moment, the
    /// observation comes first.
    fn next_observation(&mut self) -> Option<&'a Observation> {
        let journeys = &mut self.journeys;
        self.observations.next_if(|observation| {
            let next = journeys.peek();
            next.is_none_or(|journey| observation.at <= journey.packet.at())
        })
    }

    fn of_journey(&mut self, journey: Journey<P::Item>) -> StoryItem<P::Item> {
        let is_of_the_lab = self.setting.is_of_the_lab;
        let packet = &journey.packet;
        let mut way = Way {
            from: journey.from,
            to: journey.to,
            link: journey.link,
            addresses: None,
        };
        // The paths of a capture from elsewhere were derived from the addresses.
        if is_of_the_lab {
            way.addresses = addresses(packet);
        }
        let sctp = packet.sctp();
        if let Ok(sctp) = sctp
            && let Some(glance) = Glance::at(sctp)
        {
            let (origin, again) = self.flows.take_in_glance(glance, way);
            return StoryItem::Glanced(Glanced {
                holds: Holds::of(glance),
                origin,
                again,
                strays: is_of_the_lab && !self.addressing.are_own(way),
                is_of_the_lab,
                journey,
            });
        }
        let frame = packet.frame().ok();
        way.addresses = frame.map(|frame| (frame.source, frame.destination));
        let content = match sctp {
            Ok(sctp) => {
                let is_cut = frame.is_some_and(|frame| frame.truncated);
                decoded(packet, sctp, is_cut, |sctp| self.flows.take_in(sctp, way))
            }
            Err(name) => match frame.map(|frame| frame.transport) {
                Some(Transport::Icmp(message)) if message.is_error() => {
                    Content::Icmp(self.of_icmp(&message, way))
                }
                _ => Content::Other(name),
            },
        };
        let strays = match &content {
            Content::Other(_) => false,
            _ if is_of_the_lab => !self.addressing.are_own(way),
            Content::Icmp(icmp) => is_from_a_stranger(icmp, way),
            _ => false,
        };
        let around = Around {
            addresses: way.addresses,
            strays,
            is_of_the_lab,
        };
        StoryItem::Line(around.of(&journey, content))
    }

    /// An ICMP error, and the association of the packet that it quotes.
    fn of_icmp(&self, message: &frame::Icmp<'_>, way: Way) -> Icmp {
        let about = message.quoted().and_then(|quoted| {
            let &[a, b, c, d, e, f, g, h] = quoted.sctp.first_chunk()?;
            let ports = (u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]));
            let verification_tag = VerificationTag(u32::from_be_bytes([e, f, g, h]));
            // The quoted packet was sent by the receiver of the error.
            let sent = Way {
                from: way.to,
                to: way.from,
                ..way
            };
            let key = self.flows.key(verification_tag, ports, sent);
            Some(About {
                addresses: (quoted.source, quoted.destination),
                ports,
                verification_tag,
                chunks: chunk_heads(quoted.sctp).collect(),
                origin: *self.flows.origin(key),
            })
        });
        Icmp {
            words: message.to_string(),
            kind: message.kind,
            code: message.code,
            mtu: message.mtu(),
            about,
        }
    }

    /// The line of an observation, if it is shown.
    fn of_observation(&mut self, observation: &Observation) -> Option<Line> {
        if let Event::Notification { endpoint, .. } = &observation.event
            && let Some(host) = self.hosts.named(self.setting.host_of(endpoint))
        {
            self.late_samples.look(host, observation.at);
        }
        let what = match &observation.event {
            Event::StepStarted { words, acts, .. } => What::Step(match acts {
                true => StepLine {
                    text: words.clone(),
                    kind: StepKind::Acts,
                },
                false => StepLine {
                    text: waiting(words),
                    kind: StepKind::Waits,
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
                error: None,
                ..
            } => {
                let text = format!("send {step} {number}, {size} B to {to}");
                self.note(endpoint, NoteKind::Message, text)
            }
            Event::Sent {
                endpoint,
                to,
                step,
                number,
                size,
                error: Some(error),
                ..
            } => {
                let text = format!("send {step}, {size} B to {to} ✗ {error}");
                match self.note(endpoint, NoteKind::Call, text) {
                    What::Note(note) => What::Note(Note {
                        numbers: Some((*number, *number)),
                        ..note
                    }),
                    other => other,
                }
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
                let host = self.hosts.named(self.setting.host_of(endpoint));
                let is_late =
                    host.is_some_and(|host| self.late_samples.is_late(host, observation.at));
                let text = self.path_notes.take_in(endpoint, association, sample)?;
                let text = match is_late && !self.setting.looks_at_received {
                    true => format!("by now {text}"),
                    false => text,
                };
                self.note(endpoint, NoteKind::Path, text)
            }
            Event::ProgramStarted {
                endpoint,
                program,
                arguments,
            } => {
                let words = std::iter::once(program).chain(arguments);
                let words: Vec<&str> = words.map(String::as_str).collect();
                self.note(endpoint, NoteKind::Call, words.join(" "))
            }
            Event::Output {
                endpoint,
                stream,
                line,
            } => {
                let text = match stream {
                    Output::Stdout => format!("> {line}"),
                    Output::Stderr => format!("2> {line}"),
                };
                self.note(endpoint, NoteKind::Call, text)
            }
            Event::ProgramEnded { endpoint, end } => {
                self.note(endpoint, NoteKind::Notification, end.to_string())
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
        let node = self.setting.host_of(endpoint);
        let host = self.hosts.named(node);
        // Beside a host of the same name, the endpoint's name adds nothing.
        let text = match host {
            Some(_) if node == endpoint => text,
            _ => format!("{endpoint}: {text}"),
        };
        What::Note(Note {
            host,
            kind,
            text,
            times: 1,
            numbers: None,
        })
    }
}

impl<'a, P, O> Iterator for Story<'a, P, O>
where
    P: Iterator<Item: PacketView>,
    O: Iterator<Item = &'a Observation>,
{
    type Item = StoryItem<P::Item>;

    fn next(&mut self) -> Option<Self::Item> {
        while let Some(observation) = self.next_observation() {
            if let Some(line) = self.of_observation(observation) {
                return Some(StoryItem::Line(line));
            }
        }
        let journey = self.journeys.next()?;
        if !self.setting.looks_at_received && self.observations.peek().is_some() {
            self.late_samples.take_in(&journey);
        }
        Some(self.of_journey(journey))
    }
}

/// The words of a notification: its state if it has one, and its address.
fn notification(name: &str, fields: &Fields) -> String {
    let state = fields.state().unwrap_or(name);
    match fields.address() {
        Some(address) => format!("{state} {address}"),
        None => state.to_owned(),
    }
}

/// The words of a waiting step: the event, the place and the time limit. The words must not
/// look as if the event had come.
fn waiting(words: &str) -> String {
    if words.starts_with("wait ") {
        return words.to_owned();
    }
    let expected = words.split_once(": ").and_then(|(who, what)| {
        let (what, limit) = what.rsplit_once(" within ")?;
        Some(format!("wait for {what} at {who}, {limit} at most"))
    });
    expected.unwrap_or_else(|| format!("wait for {words}"))
}

/// Whether an ICMP error comes from another address than the one to which the quoted packet
/// was sent.
fn is_from_a_stranger(icmp: &Icmp, way: Way) -> bool {
    let receiver = icmp.about.as_ref().map(|about| about.addresses.1);
    way.addresses
        .is_some_and(|(source, _)| receiver.is_some_and(|it| it != source))
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
