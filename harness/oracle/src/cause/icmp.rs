//! The MTU in ICMP messages about packets that are too big.

use recording::Packet;

/// The MTU of the next link, in an ICMP message that says a packet was too big.
/// "Fragmentation needed" is type 3, code 4 (RFC 792, RFC 1191), "packet too big" is
/// ICMPv6 type 2 (RFC 4443 section 3.2).
pub(super) fn too_big(captured: &Packet) -> Option<u32> {
    const IPV4: [u8; 2] = [0x08, 0x00];
    const IPV6: [u8; 2] = [0x86, 0xdd];
    const ICMP: u8 = 1;
    const ICMPV6: u8 = 58;
    let frame = &captured.frame;
    let ip = frame.get(14..)?;
    let kind = frame.get(12..14)?;
    if kind == IPV4 && *ip.get(9)? == ICMP {
        let header = usize::from(ip.first()? & 0x0f) * 4;
        let icmp = ip.get(header..)?;
        let mtu = u16::from_be_bytes(icmp.get(6..8)?.try_into().ok()?);
        return (icmp.get(..2)? == [3, 4]).then_some(mtu.into());
    }
    if kind == IPV6 && *ip.get(6)? == ICMPV6 {
        let icmp = ip.get(40..)?;
        let mtu = u32::from_be_bytes(icmp.get(4..8)?.try_into().ok()?);
        return (icmp.first()? == &2).then_some(mtu);
    }
    None
}
