//! M2PA: MTP2 peer-to-peer adaptation (RFC 4165).

/// The state in a Link Status message, which follows the two sequence numbers (RFC 4165,
/// section 2.3.2).
pub(super) fn link_status(body: &[u8]) -> Option<String> {
    let &[_, _, _, _, _, _, _, _, a, b, c, d] = body.first_chunk::<12>()?;
    let name = match u32::from_be_bytes([a, b, c, d]) {
        1 => "Alignment",
        2 => "Proving Normal",
        3 => "Proving Emergency",
        4 => "Ready",
        5 => "Processor Outage",
        6 => "Processor Recovered",
        7 => "Busy",
        8 => "Busy Ended",
        9 => "Out of Service",
        other => return Some(format!("state {other}")),
    };
    Some(name.to_owned())
}
