//! The chunk types of a packet, without decoding the chunks.

/// The types and lengths of a packet's chunks, up to the first malformed length.
pub(crate) fn chunks(sctp: &[u8]) -> impl Iterator<Item = (u8, usize)> {
    let mut rest = sctp.get(12..).unwrap_or_default();
    std::iter::from_fn(move || {
        let [kind, _, upper, lower, ..] = *rest else {
            return None;
        };
        let length = usize::from(u16::from_be_bytes([upper, lower])).max(4);
        rest = rest.get(length.next_multiple_of(4)..).unwrap_or_default();
        Some((kind, length))
    })
}
