//! Diameter: authentication, authorisation, accounting (RFC 6733).

use super::message::{Message, Part};

/// Commands by code: RFC 6733 section 3.1, RFC 4006, RFC 4072, RFC 4740, and 3GPP TS
/// 29.230 section 3. A command's name is the abbreviation of its request without the R.
pub(super) const COMMANDS: &[(u32, &str)] = &[
    (257, "CE"),
    (258, "RA"),
    (265, "AA"),
    (268, "DE"),
    (271, "AC"),
    (272, "CC"),
    (274, "AS"),
    (275, "ST"),
    (280, "DW"),
    (282, "DP"),
    (300, "UA"),
    (301, "SA"),
    (302, "LI"),
    (303, "MA"),
    (304, "RT"),
    (305, "PP"),
    (306, "UD"),
    (307, "PU"),
    (308, "SN"),
    (309, "PN"),
    (316, "UL"),
    (317, "CL"),
    (318, "AI"),
    (319, "ID"),
    (320, "DS"),
    (321, "PU"),
    (322, "RS"),
    (323, "NO"),
    (324, "EC"),
    (8_388_620, "PL"),
    (8_388_621, "LR"),
    (8_388_622, "RI"),
    (8_388_635, "SL"),
    (8_388_636, "SN"),
    (8_388_637, "TS"),
    (8_388_645, "OF"),
    (8_388_646, "TF"),
    (8_388_647, "SR"),
    (8_388_648, "AL"),
    (8_388_649, "RD"),
];

/// Reads the header: RFC 6733, section 3, in network byte order.
///
/// ```text
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |    Version    |                 Message Length                |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// | R P E T       |                  Command Code                 |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                         Application-ID                        |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                      Hop-by-Hop Identifier                    |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                      End-to-End Identifier                    |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
pub(super) fn look(payload: &[u8]) -> Option<Message> {
    let &[
        version,
        _,
        _,
        _,
        flags,
        a,
        b,
        c,
        _,
        _,
        _,
        _,
        d,
        e,
        f,
        g,
        _,
        _,
        _,
        _,
    ] = payload.first_chunk::<20>()?;
    if version != 1 {
        return None;
    }
    let code = u32::from_be_bytes([0, a, b, c]);
    let is_request = flags & 0x80 != 0;
    let is_error = flags & 0x20 != 0;
    let letter = if is_request { 'R' } else { 'A' };
    let known = COMMANDS.iter().find(|(number, _)| *number == code);
    Some(Message {
        protocol: "Diameter",
        procedure: match known {
            Some((_, letters)) => format!("{letters}{letter}").into(),
            None => format!("command {code}").into(),
        },
        part: match (is_request, is_error) {
            (true, _) => Part::Request,
            (false, false) => Part::Answer,
            (false, true) => Part::Failure,
        },
        about: match (is_request, is_error) {
            (false, true) => "error".to_owned(),
            _ => String::new(),
        },
        exchange: u64::from(code) << 32 | u64::from(u32::from_be_bytes([d, e, f, g])),
    })
}
