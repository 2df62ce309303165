//! The packets of a capture, as tshark decodes them.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// A packet, as far as both must agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) interface: String,
    pub(crate) comment: Option<String>,
    /// In the order of the packet; empty if it is not SCTP.
    pub(crate) chunk_types: Vec<u8>,
    pub(crate) checksum: Sum,
    /// Whether the packet cannot be read to its end, as a scripted peer may want it.
    pub(crate) is_malformed: bool,
}

impl Seen {
    /// The packet without what it holds.
    pub(crate) fn unread(&self) -> Self {
        Self {
            chunk_types: Vec::new(),
            checksum: Sum::None,
            is_malformed: false,
            ..self.clone()
        }
    }
}

/// What a decoder says of the SCTP checksum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sum {
    Good,
    Bad,
    /// The packet is not SCTP.
    None,
}

/// What makes tshark call a packet malformed.
const COMPLAINTS: [&str; 3] = [
    "_ws.malformed",
    "sctp.chunk_length.bad",
    "sctp.parameter_length.bad",
];

/// Protocols for which tshark takes a payload by its payload protocol identifier.
const PAYLOADS: [&str; 11] = [
    "iua", "m2ua", "m3ua", "sua", "m2pa", "v5ua", "h248", "dua", "asap", "enrp", "s1ap",
];

/// tshark's word for a good checksum.
const GOOD: &str = "1";

const FIELDS: [&str; 8] = [
    "frame.interface_name",
    "frame.comment",
    "sctp.chunk_type",
    "sctp.checksum.status",
    "_ws.expert.severity",
    "sctp.cause_code",
    "icmp.type",
    "icmpv6.type",
];

/// An ERROR chunk, and its cause that quotes a chunk.
const ERROR_CHUNK: u8 = 9;
const UNRECOGNIZED_CHUNK: &str = "0x0006";

/// Wireshark's severity `error`, from which on a packet is broken.
const ERROR: u32 = 0x0080_0000;

/// The packets of a capture, as tshark decodes them.
pub(crate) fn seen_by_tshark(capture: &Path) -> Result<Vec<Seen>, String> {
    let mut command = Command::new("tshark");
    command.args(["-n", "-T", "fields", "-E", "aggregator=;"]);
    // Checksums are not looked at by default.
    command.args(["-o", "sctp.checksum:CRC 32c"]);
    command.args(["-o", "ip.check_checksum:TRUE"]);
    // The lab's messages are not what their payload protocol identifiers say.
    let payloads = PAYLOADS.map(str::to_owned).into_iter();
    for protocol in payloads.chain(known_by_port()?) {
        command.args(["--disable-protocol", &protocol]);
    }
    for field in FIELDS.iter().chain(&COMPLAINTS) {
        command.args(["-e", field]);
    }
    let output = command.arg("-r").arg(capture).output();
    let output = output.map_err(|error| format!("tshark: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let rows = String::from_utf8_lossy(&output.stdout);
    rows.lines().zip(1..).map(row).collect()
}

/// Protocols for which tshark takes a payload by the ports alone. A client's port is the
/// kernel's choice, and may be the port of any of them.
fn known_by_port() -> Result<BTreeSet<String>, String> {
    let output = Command::new("tshark").args(["-G", "decodes"]).output();
    let output = output.map_err(|error| format!("tshark: {error}"))?;
    let table = String::from_utf8_lossy(&output.stdout);
    let protocols: BTreeSet<String> = table
        .lines()
        .filter_map(|line| line.strip_prefix("sctp.port\t")?.split('\t').nth(1))
        .map(str::to_owned)
        .collect();
    match protocols.is_empty() {
        true => Err("tshark tells no protocol by its SCTP port".to_owned()),
        false => Ok(protocols),
    }
}

fn row((line, number): (&str, usize)) -> Result<Seen, String> {
    let complain = |what: &str| Err(format!("packet {number}: {what} in `{line}`"));
    let mut fields = line.split('\t');
    let mut next = || fields.next().unwrap_or_default().to_owned();
    let (interface, comment, chunk_types, checksum, severity) =
        (next(), next(), next(), next(), next());
    let (causes, is_icmp) = (next(), !next().is_empty() | !next().is_empty());
    let Ok(mut chunk_types) = values(&chunk_types)
        .map(str::parse)
        .collect::<Result<Vec<u8>, _>>()
    else {
        return complain("no chunk types");
    };
    // tshark also decodes what an ICMP error or an ERROR chunk quotes. Those chunks are
    // left out.
    if is_icmp {
        chunk_types.clear();
    }
    let quoted = values(&causes)
        .filter(|it| *it == UNRECOGNIZED_CHUNK)
        .count();
    if let Some(error) = chunk_types.iter().position(|it| *it == ERROR_CHUNK) {
        chunk_types.drain(error + 1..error + 1 + quoted);
    }
    let checksum = match checksum.as_str() {
        _ if chunk_types.is_empty() => Sum::None,
        GOOD => Sum::Good,
        _ => Sum::Bad,
    };
    let is_malformed = fields.any(|complaint| !complaint.is_empty());
    let broken = values(&severity).any(|it| it.parse().is_ok_and(|it: u32| it >= ERROR));
    // To tshark, a bad checksum is an error too.
    if broken && checksum != Sum::Bad && !is_icmp && !is_malformed {
        return complain("an error");
    }
    Ok(Seen {
        interface,
        comment: Some(comment).filter(|comment| !comment.is_empty()),
        chunk_types,
        checksum,
        is_malformed,
    })
}

fn values(field: &str) -> impl Iterator<Item = &str> {
    field.split(';').filter(|value| !value.is_empty())
}
