//! Kernel settings of a node, by their names in scenarios.

/// Linux's name of a setting, which scenarios use, and FreeBSD's. Both have the same
/// meaning and unit.
const NAMES: [(&str, &str); 14] = [
    ("net.sctp.addip_enable", "net.inet.sctp.asconf_enable"),
    (
        "net.sctp.association_max_retrans",
        "net.inet.sctp.assoc_rtx_max",
    ),
    ("net.sctp.auth_enable", "net.inet.sctp.auth_enable"),
    ("net.sctp.ecn_enable", "net.inet.sctp.ecn_enable"),
    ("net.sctp.hb_interval", "net.inet.sctp.heartbeat_interval"),
    (
        "net.sctp.max_init_retransmits",
        "net.inet.sctp.init_rtx_max",
    ),
    ("net.sctp.path_max_retrans", "net.inet.sctp.path_rtx_max"),
    ("net.sctp.pf_retrans", "net.inet.sctp.path_pf_threshold"),
    ("net.sctp.prsctp_enable", "net.inet.sctp.pr_enable"),
    ("net.sctp.reconf_enable", "net.inet.sctp.reconfig_enable"),
    ("net.sctp.rto_initial", "net.inet.sctp.rto_initial"),
    ("net.sctp.rto_max", "net.inet.sctp.rto_max"),
    ("net.sctp.rto_min", "net.inet.sctp.rto_min"),
    ("net.sctp.udp_port", "net.inet.sctp.udp_tunneling_port"),
];

/// FreeBSD's name of a setting. A name that only Linux has is returned unchanged, so that
/// the kernel refuses it.
pub(super) fn name(name: &str) -> &str {
    NAMES
        .iter()
        .find_map(|(linux, freebsd)| (*linux == name).then_some(*freebsd))
        .unwrap_or(name)
}
