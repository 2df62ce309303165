//! The ladder and the lesson as JSON.

use std::collections::BTreeMap;
use std::net::IpAddr;

use recording::{Recording, Time};
use scenario::Scenario;
use serde::Serialize;
use serde_json::{Value, json};
use wire::Chunk;
use wire::field::FieldValue;

use crate::explain::told_lines;
use crate::hosts::Hosts;
use crate::ladder::{Excerpt, LadderOptions};
use crate::line::{
    Content, Head, Icmp, Line, Note, NoteKind, PacketLine, StepKind, StepLine, What,
};
use crate::pairing::End;
use crate::tally::Tally;

/// The lines of a ladder as JSON objects, in the order of time, in the form of
/// `docs/json.md`, under "show".
pub fn ladder_json<'a>(
    excerpt: &Excerpt<'a>,
    hosts: &'a Hosts,
    options: &LadderOptions,
) -> impl Iterator<Item = Value> + 'a {
    excerpt
        .lines(hosts, options)
        .map(move |line| line_json(&line, hosts))
}

/// The output of [`crate::explain()`] without the verdict, as one JSON object in the form
/// of `docs/json.md`, under "explain".
#[must_use]
pub fn explain_json(scenario: &Scenario, recording: &Recording, options: &LadderOptions) -> Value {
    let hosts = Hosts::of(&recording.interfaces);
    let rfc = scenario.rfc.iter();
    let rfc = rfc.map(
        |it| json!({"section": it.to_string(), "title": it.title(), "url": it.url().to_string()}),
    );
    let deviates = scenario.deviates.iter().map(|it| {
        let rules = it.rules();
        json!({
            "name": it.word(),
            "rfc": rules.rfc,
            "section": rules.section,
            "linux": rules.linux,
            "source": rules.source,
        })
    });
    let lines = told_lines(scenario, recording, &hosts, options.full).map(|(say, line)| {
        let mut line = line_json(&line, &hosts);
        if !say.is_empty() {
            line["say"] = say.into();
        }
        line
    });
    json!({
        "format": 1,
        "title": scenario.title,
        "rfc": rfc.collect::<Vec<_>>(),
        "lesson": scenario.lesson,
        "deviates": deviates.collect::<Vec<_>>(),
        "place": place_json(&scenario.name),
        "lines": lines.collect::<Vec<_>>(),
    })
}

/// The place of a scenario in the course, in the form of `docs/json.md`; `null` for a
/// scenario outside the course.
#[must_use]
pub fn place_json(name: &str) -> Value {
    let Some(place) = course::place(name) else {
        return Value::Null;
    };
    let unit = &course::UNITS[place.unit];
    json!({
        "unit": place.unit + 1,
        "title": unit.title,
        "level": unit.level.to_string(),
        "lesson": place.lesson + 1,
    })
}

/// One line of a ladder as a JSON object in the form of `docs/json.md`, under "show",
/// without its `format`.
#[must_use]
pub fn line_json(line: &Line, hosts: &Hosts) -> Value {
    let entry = Entry {
        at_ns: line.at,
        what: shown(line, hosts),
    };
    // The entry has names and numbers only, which JSON can always represent.
    serde_json::to_value(entry).unwrap_or_default()
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Entry<'a> {
    at_ns: Time,
    #[serde(flatten)]
    what: Shown<'a>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Shown<'a> {
    Packet(Box<Packet<'a>>),
    Notification(At<'a>),
    Call(At<'a>),
    Message(At<'a>),
    Path(At<'a>),
    Step { does: &'static str, text: &'a str },
    Folded(Folded<'a>),
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Packet<'a> {
    from: &'a str,
    to: &'a str,
    link: &'a str,
    text: String,
    /// Time of arrival; absent if no arrival was seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    arrived_ns: Option<Time>,
    lost: bool,
    #[serde(skip_serializing_if = "is_false")]
    under_way: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<&'a str>,
    /// Indices of the packet in `capture.pcapng`, from 0: at the sender, at the receiver.
    #[serde(skip_serializing_if = "Option::is_none")]
    sent: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    received: Option<usize>,
    /// Number of the frame in a capture from elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    frame: Option<u64>,
    /// Index of the capture, from 0, where there are several from elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<usize>,
    /// Source and destination address.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<IpAddr>,
    #[serde(skip_serializing_if = "Option::is_none")]
    destination: Option<IpAddr>,
    #[serde(flatten)]
    header: Option<Header>,
    #[serde(skip_serializing_if = "Option::is_none")]
    icmp: Option<IcmpError>,
    chunks: Vec<Fields>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct IcmpError {
    #[serde(rename = "type")]
    kind: u8,
    code: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    mtu: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<Quoted>,
}

/// The packet that an ICMP error quotes, as far as it is quoted.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Quoted {
    source: IpAddr,
    destination: IpAddr,
    source_port: u16,
    destination_port: u16,
    verification_tag: u32,
    chunks: Vec<Beginning>,
}

#[derive(Serialize)]
struct Beginning {
    chunk: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    tsn: Option<u32>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Header {
    source_port: u16,
    destination_port: u16,
    verification_tag: u32,
    good_checksum: bool,
    /// TSNs of the packet that were sent before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sent_before: Vec<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    broken: Option<String>,
    /// The chunks after the last whole one, where the capture has only the beginning of
    /// the packet.
    #[serde(skip_serializing_if = "Option::is_none")]
    cut: Option<Vec<Beginning>>,
}

#[derive(Serialize)]
struct Fields {
    chunk: String,
    fields: BTreeMap<&'static str, Vec<Value>>,
}

#[derive(Serialize)]
struct At<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    host: Option<&'a str>,
    text: &'a str,
    times: u64,
    /// Numbers of the first and the last message that the socket did not accept.
    #[serde(skip_serializing_if = "Option::is_none")]
    messages: Option<(u64, u64)>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Folded<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    until_ns: Option<Time>,
    packets: u64,
    /// By link, the number of chunks of each type.
    chunks: BTreeMap<&'a str, BTreeMap<String, u64>>,
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it with a reference"
)]
fn is_false(flag: &bool) -> bool {
    !flag
}

fn shown<'a>(line: &'a Line, hosts: &'a Hosts) -> Shown<'a> {
    match &line.what {
        What::Packet(packet) => Shown::Packet(Box::new(of_packet(packet, hosts))),
        What::Note(note) => of_note(note, hosts),
        What::Step(StepLine { text, kind }) => Shown::Step {
            does: match kind {
                StepKind::Acts => "act",
                StepKind::Waits => "wait",
                StepKind::Failed => "fail",
            },
            text,
        },
        What::Folded(tally) => Shown::Folded(of_tally(tally, hosts)),
    }
}

fn of_packet<'a>(packet: &'a PacketLine, hosts: &'a Hosts) -> Packet<'a> {
    Packet {
        from: hosts.name(packet.from),
        to: hosts.name(packet.to),
        link: hosts.link(packet.link),
        text: packet.label(hosts),
        arrived_ns: match packet.end {
            End::Arrived(at) => Some(at),
            End::Lost | End::UnderWay | End::Unseen | End::OutOfNowhere => None,
        },
        lost: packet.end == End::Lost,
        under_way: packet.end == End::UnderWay,
        fault: packet.fault.as_deref(),
        sent: packet.sent,
        received: packet.received,
        frame: packet.frame,
        file: packet.file,
        source: packet.addresses.map(|(source, _)| source),
        destination: packet.addresses.map(|(_, destination)| destination),
        header: header(packet),
        icmp: match &packet.content {
            Content::Icmp(message) => Some(icmp(message)),
            _ => None,
        },
        chunks: packet.chunks().iter().map(of_chunk).collect(),
    }
}

fn header(line: &PacketLine) -> Option<Header> {
    let Content::Sctp {
        packet, again, cut, ..
    } = &line.content
    else {
        return None;
    };
    // A packet that the capture has cut is not malformed.
    let broken = packet.error.as_ref().filter(|_| cut.is_none());
    Some(Header {
        source_port: packet.packet.source_port,
        destination_port: packet.packet.destination_port,
        verification_tag: packet.packet.verification_tag.0,
        good_checksum: packet.packet.checksum == wire::Checksum::Good,
        sent_before: again.iter().map(|it| it.tsn.0).collect(),
        broken: broken.map(ToString::to_string),
        cut: cut.as_deref().map(beginnings),
    })
}

fn icmp(message: &Icmp) -> IcmpError {
    IcmpError {
        kind: message.kind,
        code: message.code,
        mtu: message.mtu,
        about: message.about.as_ref().map(|about| Quoted {
            source: about.addresses.0,
            destination: about.addresses.1,
            source_port: about.ports.0,
            destination_port: about.ports.1,
            verification_tag: about.verification_tag.0,
            chunks: beginnings(&about.chunks),
        }),
    }
}

fn beginnings(heads: &[Head]) -> Vec<Beginning> {
    let heads = heads.iter().map(|(kind, tsn)| Beginning {
        chunk: kind.to_string(),
        tsn: tsn.map(|tsn| tsn.0),
    });
    heads.collect()
}

fn of_chunk(chunk: &Chunk) -> Fields {
    let fields = chunk.fields().into_iter();
    Fields {
        chunk: chunk.kind().to_string(),
        fields: fields
            .filter(|field| !field.values.is_empty())
            .map(|field| (field.name, field.values.iter().map(value).collect()))
            .collect(),
    }
}

fn value(value: &FieldValue) -> Value {
    match value {
        FieldValue::Flag(set) => Value::from(*set),
        FieldValue::Number(number) => Value::from(*number),
        FieldValue::Tag(tag) => Value::from(tag.0),
        named => Value::from(named.to_string()),
    }
}

fn of_note<'a>(note: &'a Note, hosts: &'a Hosts) -> Shown<'a> {
    let at = At {
        host: note.host.map(|host| hosts.name(host)),
        text: &note.text,
        times: note.times.max(1),
        messages: note.numbers,
    };
    match note.kind {
        NoteKind::Notification => Shown::Notification(at),
        NoteKind::Call => Shown::Call(at),
        NoteKind::Message => Shown::Message(at),
        NoteKind::Path => Shown::Path(at),
    }
}

fn of_tally<'a>(tally: &'a Tally, hosts: &'a Hosts) -> Folded<'a> {
    let chunks = tally.chunks.iter().map(|(link, by_type)| {
        let counts = by_type
            .iter()
            .map(|(kind, count)| (kind.to_string(), *count));
        (hosts.link(*link), counts.collect())
    });
    Folded {
        until_ns: tally.span.map(|(_, until)| until),
        packets: tally.packets,
        chunks: chunks.collect(),
    }
}
