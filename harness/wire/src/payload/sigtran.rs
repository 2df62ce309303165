//! M3UA, M2UA, M2PA, SUA and IUA: telephone signalling over IP.
//!
//! All of their messages begin with the same header (RFC 4666, section 3.1), in network
//! byte order:
//!
//! ```text
//!  0                   1                   2                   3
//!  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//! +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//! |    Version    |   Reserved    | Message Class | Message Type  |
//! +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//! |                        Message Length                         |
//! +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//! ```

use super::message::{Message, Part};
use super::{m2pa, m3ua};

/// Role of a message in an exchange.
#[derive(Clone, Copy)]
pub(super) enum Role {
    Asks,
    /// The message answers the message of its class with this type.
    Answers(u8),
    Tells,
}

/// Messages by class and type: RFC 4666 (M3UA) section 3.1.2, RFC 3331 (M2UA) section
/// 3.1.3, RFC 4165 (M2PA) section 2.1.2, RFC 3868 (SUA) section 3.1.3, and RFC 4233
/// (IUA) section 3.1. The class numbers are common to all.
pub(super) const MESSAGES: &[(u8, u8, &str, Role)] = &[
    (0, 0, "ERR", Role::Tells),
    (0, 1, "NTFY", Role::Tells),
    (0, 2, "TEI Status Request", Role::Asks),
    (0, 3, "TEI Status Confirm", Role::Answers(2)),
    (0, 4, "TEI Status Indication", Role::Tells),
    (1, 1, "DATA", Role::Tells),
    (2, 1, "DUNA", Role::Tells),
    (2, 2, "DAVA", Role::Tells),
    (2, 3, "DAUD", Role::Tells),
    (2, 4, "SCON", Role::Tells),
    (2, 5, "DUPU", Role::Tells),
    (2, 6, "DRST", Role::Tells),
    (3, 1, "ASPUP", Role::Asks),
    (3, 2, "ASPDN", Role::Asks),
    (3, 3, "BEAT", Role::Asks),
    (3, 4, "ASPUP ACK", Role::Answers(1)),
    (3, 5, "ASPDN ACK", Role::Answers(2)),
    (3, 6, "BEAT ACK", Role::Answers(3)),
    (4, 1, "ASPAC", Role::Asks),
    (4, 2, "ASPIA", Role::Asks),
    (4, 3, "ASPAC ACK", Role::Answers(1)),
    (4, 4, "ASPIA ACK", Role::Answers(2)),
    (5, 1, "Data Request", Role::Tells),
    (5, 2, "Data Indication", Role::Tells),
    (5, 3, "Unit Data Request", Role::Tells),
    (5, 4, "Unit Data Indication", Role::Tells),
    (5, 5, "Establish Request", Role::Asks),
    (5, 6, "Establish Confirm", Role::Answers(5)),
    (5, 7, "Establish Indication", Role::Tells),
    (5, 8, "Release Request", Role::Asks),
    (5, 9, "Release Confirm", Role::Answers(8)),
    (5, 10, "Release Indication", Role::Tells),
    (6, 1, "Data", Role::Tells),
    (6, 2, "Establish Request", Role::Asks),
    (6, 3, "Establish Confirm", Role::Answers(2)),
    (6, 4, "Release Request", Role::Asks),
    (6, 5, "Release Confirm", Role::Answers(4)),
    (6, 6, "Release Indication", Role::Tells),
    (6, 7, "State Request", Role::Asks),
    (6, 8, "State Confirm", Role::Answers(7)),
    (6, 9, "State Indication", Role::Tells),
    (6, 10, "Data Retrieval Request", Role::Asks),
    (6, 11, "Data Retrieval Confirm", Role::Answers(10)),
    (6, 12, "Data Retrieval Indication", Role::Tells),
    (6, 13, "Data Retrieval Complete Indication", Role::Tells),
    (6, 14, "Congestion Indication", Role::Tells),
    (6, 15, "Data Acknowledge", Role::Tells),
    (7, 1, "CLDT", Role::Tells),
    (7, 2, "CLDR", Role::Tells),
    (8, 1, "CORE", Role::Asks),
    (8, 2, "COAK", Role::Tells),
    (8, 3, "COREF", Role::Tells),
    (8, 4, "RELRE", Role::Tells),
    (8, 5, "RELCO", Role::Tells),
    (8, 6, "RESCO", Role::Tells),
    (8, 7, "RESRE", Role::Tells),
    (8, 8, "CODT", Role::Tells),
    (8, 9, "CODA", Role::Tells),
    (8, 10, "COERR", Role::Tells),
    (8, 11, "COIT", Role::Tells),
    (9, 1, "REG REQ", Role::Asks),
    (9, 2, "REG RSP", Role::Answers(1)),
    (9, 3, "DEREG REQ", Role::Asks),
    (9, 4, "DEREG RSP", Role::Answers(3)),
    (10, 1, "REG REQ", Role::Asks),
    (10, 2, "REG RSP", Role::Answers(1)),
    (10, 3, "DEREG REQ", Role::Asks),
    (10, 4, "DEREG RSP", Role::Answers(3)),
    (11, 1, "User Data", Role::Tells),
    (11, 2, "Link Status", Role::Tells),
];

/// Length of the header in bytes.
const HEADER: usize = 8;

pub(super) fn look(protocol: &'static str, payload: &[u8]) -> Option<Message> {
    let (&[version, _, class, kind, _, _, _, _], body) = payload.split_first_chunk::<HEADER>()?;
    if version != 1 {
        return None;
    }
    let mut known = MESSAGES.iter();
    let known = known.find(|(of, number, ..)| (*of, *number) == (class, kind));
    let (procedure, part, request) = match known {
        Some((_, _, name, Role::Asks)) => ((*name).into(), Part::Request, kind),
        Some((_, _, name, Role::Answers(request))) => ((*name).into(), Part::Answer, *request),
        Some((_, _, name, Role::Tells)) => ((*name).into(), Part::Notice, kind),
        None => (
            format!("class {class} type {kind}").into(),
            Part::Notice,
            kind,
        ),
    };
    let about = match (protocol, class, kind) {
        ("M3UA", 1, 1) => m3ua::protocol_data(body),
        ("M2PA", 11, 2) => m2pa::link_status(body),
        _ => None,
    };
    Some(Message {
        protocol,
        procedure,
        part,
        about: about.unwrap_or_default(),
        exchange: u64::from(class) << 8 | u64::from(request),
    })
}
