//! M3UA: MTP3 user adaptation (RFC 4666).

/// Tag of the Protocol Data parameter, and length of its fixed part (RFC 4666, section
/// 3.3.1).
const PROTOCOL_DATA: u16 = 0x0210;
const LABEL: usize = 12;

/// The originating and the destination point code, and the user at the destination, such
/// as `1→2 SCCP`.
///
/// ```text
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                     Originating Point Code                    |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                     Destination Point Code                    |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |       SI      |       NI      |      MP       |      SLS      |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
pub(super) fn protocol_data(mut parameters: &[u8]) -> Option<String> {
    loop {
        let &[tag, low, upper, lower, ref value @ ..] = parameters else {
            return None;
        };
        let length = usize::from(u16::from_be_bytes([upper, lower])).max(4);
        if u16::from_be_bytes([tag, low]) == PROTOCOL_DATA {
            let &[a, b, c, d, e, f, g, h, si, _, _, _] = value.first_chunk::<LABEL>()?;
            let from = u32::from_be_bytes([a, b, c, d]);
            let to = u32::from_be_bytes([e, f, g, h]);
            return Some(format!("{from}→{to} {}", user(si)));
        }
        parameters = parameters.get(length.next_multiple_of(4)..)?;
    }
}

/// The user by its service indicator (ITU-T Q.704, section 14.2.1).
fn user(indicator: u8) -> String {
    let name = match indicator {
        0 => "SNM",
        1 | 2 => "SNT",
        3 => "SCCP",
        4 => "TUP",
        5 => "ISUP",
        6 | 7 => "DUP",
        9 => "B-ISUP",
        10 => "S-ISUP",
        12 => "AAL2",
        13 => "BICC",
        14 => "GCP",
        other => return format!("SI {other}"),
    };
    name.to_owned()
}
