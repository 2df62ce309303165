//! Names of ICMP types and codes.

/// A type, a code, and their name. A name without a code stands for every code of the
/// type.
type Named = (u8, Option<u8>, &'static str);

/// The types and codes of RFC 792, RFC 1122 (3.2.2.1) and RFC 1812 (5.2.7.1) that
/// are in use.
const ICMP: &[Named] = &[
    (0, None, "echo reply"),
    (3, Some(0), "net unreachable"),
    (3, Some(1), "host unreachable"),
    (3, Some(2), "protocol unreachable"),
    (3, Some(3), "port unreachable"),
    (3, Some(4), "fragmentation needed"),
    (3, Some(5), "source route failed"),
    (3, Some(9), "net administratively prohibited"),
    (3, Some(10), "host administratively prohibited"),
    (3, Some(13), "communication administratively prohibited"),
    (4, None, "source quench"),
    (5, None, "redirect"),
    (8, None, "echo request"),
    (11, Some(0), "time to live exceeded"),
    (11, Some(1), "fragment reassembly time exceeded"),
    (12, None, "parameter problem"),
];

/// The types and codes of RFC 4443, RFC 4861 (neighbor discovery) and RFC 3810
/// (multicast listener discovery).
const ICMPV6: &[Named] = &[
    (1, Some(0), "no route to destination"),
    (1, Some(1), "communication administratively prohibited"),
    (1, Some(2), "beyond scope of source address"),
    (1, Some(3), "address unreachable"),
    (1, Some(4), "port unreachable"),
    (2, None, "packet too big"),
    (3, Some(0), "hop limit exceeded"),
    (3, Some(1), "fragment reassembly time exceeded"),
    (4, Some(1), "parameter problem, unrecognized next header"),
    (4, None, "parameter problem"),
    (128, None, "echo request"),
    (129, None, "echo reply"),
    (130, None, "multicast listener query"),
    (131, None, "multicast listener report"),
    (143, None, "multicast listener report"),
    (132, None, "multicast listener done"),
    (133, None, "router solicitation"),
    (134, None, "router advertisement"),
    (135, None, "neighbor solicitation"),
    (136, None, "neighbor advertisement"),
    (137, None, "redirect"),
];

/// The names of one family.
pub(super) fn all(is_v6: bool) -> &'static [Named] {
    match is_v6 {
        false => ICMP,
        true => ICMPV6,
    }
}

/// The name of this type and code.
pub(super) fn name_of(is_v6: bool, kind: u8, code: u8) -> Option<&'static str> {
    let mut all = all(is_v6).iter();
    let is_it = |(a, b, _): &&Named| *a == kind && b.is_none_or(|b| b == code);
    all.find(is_it).map(|(_, _, name)| *name)
}
