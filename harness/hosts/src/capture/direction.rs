//! The direction of a captured packet.

use pcapng::Direction;
use pcapng::LinkType;

/// The direction of a packet, if the header of the link layer tells it. The header of
/// Linux's interface `any` does.
pub(super) fn direction(link_type: LinkType, bytes: &[u8]) -> Option<Direction> {
    // The packet type of LINKTYPE_LINUX_SLL and LINKTYPE_LINUX_SLL2, as the tcpdump
    // registry describes them.
    let kind = match link_type {
        LinkType::LINUX_SLL => u16::from_be_bytes([*bytes.first()?, *bytes.get(1)?]),
        LinkType::LINUX_SLL2 => u16::from(*bytes.get(10)?),
        _ => return None,
    };
    match kind {
        0..=2 => Some(Direction::Inbound),
        4 => Some(Direction::Outbound),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_headers_that_tell_are_asked() {
        let mut header = [0; 20];
        header[10] = 4;
        let of = |link_type, bytes: &[u8]| direction(link_type, bytes);
        let (sll, sll2) = (LinkType::LINUX_SLL, LinkType::LINUX_SLL2);
        assert_eq!(of(sll2, &header), Some(Direction::Outbound));
        assert_eq!(of(sll, &header), Some(Direction::Inbound));
        assert_eq!(of(sll, &[0, 3]), None);
        assert_eq!(of(sll2, &header[..10]), None);
        assert_eq!(of(LinkType::ETHERNET, &header), None);
    }
}
