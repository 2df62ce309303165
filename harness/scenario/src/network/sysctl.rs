//! Kernel settings of a node.

use std::ops::RangeInclusive;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::diagnostic::{Problems, Spanned};
use crate::model::Sysctl;
use crate::read::{Read, one_of, suggestion};
use crate::value::Number;
use crate::yaml::{Node, Value, shortened};

/// A setting that a scenario may change: its name and its valid values.
type Setting = (&'static str, RangeInclusive<u32>);

const SWITCH: RangeInclusive<u32> = 0..=1;
const MOST: u32 = i32::MAX as u32;
/// From one millisecond to a day.
const MILLISECONDS: RangeInclusive<u32> = 1..=86_400_000;
const PORT: RangeInclusive<u32> = 0..=65_535;

/// The settings that every network namespace has for itself: those of SCTP whose value is a
/// single number (`net/sctp/sysctl.c`), the few of IP that matter for SCTP, and the times for
/// which a firewall remembers an association (`net/netfilter/nf_conntrack_standalone.c`).
const SETTINGS: &[Setting] = &[
    // Reverse path filter: 1 strict, 2 loose (RFC 3704 sections 2.2 and 2.4).
    ("net.ipv4.conf.all.rp_filter", 0..=2),
    ("net.ipv4.ip_default_ttl", 1..=255),
    ("net.ipv4.ip_no_pmtu_disc", 0..=3),
    // Seconds for which a path MTU learnt by ICMP is valid (`net/ipv4/route.c`).
    ("net.ipv4.route.mtu_expires", 1..=86_400),
    (
        "net.netfilter.nf_conntrack_sctp_timeout_established",
        1..=MOST,
    ),
    (
        "net.netfilter.nf_conntrack_sctp_timeout_heartbeat_sent",
        1..=MOST,
    ),
    ("net.sctp.addip_enable", SWITCH),
    ("net.sctp.addip_noauth_enable", SWITCH),
    ("net.sctp.addr_scope_policy", 0..=3),
    ("net.sctp.association_max_retrans", 1..=MOST),
    ("net.sctp.auth_enable", SWITCH),
    ("net.sctp.cookie_preserve_enable", SWITCH),
    ("net.sctp.default_auto_asconf", SWITCH),
    ("net.sctp.ecn_enable", SWITCH),
    ("net.sctp.encap_port", PORT),
    ("net.sctp.hb_interval", MILLISECONDS),
    ("net.sctp.intl_enable", SWITCH),
    ("net.sctp.max_autoclose", 0..=MOST),
    ("net.sctp.max_burst", 0..=MOST),
    ("net.sctp.max_init_retransmits", 1..=MOST),
    ("net.sctp.path_max_retrans", 1..=MOST),
    ("net.sctp.pf_enable", SWITCH),
    ("net.sctp.pf_expose", 0..=2),
    ("net.sctp.pf_retrans", 0..=65_535),
    ("net.sctp.plpmtud_probe_interval", 0..=MOST),
    ("net.sctp.prsctp_enable", SWITCH),
    ("net.sctp.ps_retrans", 0..=65_535),
    ("net.sctp.rcvbuf_policy", SWITCH),
    ("net.sctp.reconf_enable", SWITCH),
    ("net.sctp.rto_initial", MILLISECONDS),
    ("net.sctp.rto_max", MILLISECONDS),
    ("net.sctp.rto_min", MILLISECONDS),
    ("net.sctp.rwnd_update_shift", 1..=16),
    // RFC 9260 section 6.2: a SACK is delayed by 500 ms at most.
    ("net.sctp.sack_timeout", 1..=500),
    ("net.sctp.sndbuf_policy", SWITCH),
    ("net.sctp.udp_port", PORT),
    ("net.sctp.valid_cookie_life", MILLISECONDS),
];

/// Kernel settings with their values.
pub(crate) struct SysctlsForm {
    pub(crate) settings: Vec<Sysctl>,
    /// Whether wrong settings were left out.
    broken: bool,
}

impl SysctlsForm {
    /// All settings; `None` if some were wrong.
    pub(crate) fn all(&self) -> Option<Vec<Sysctl>> {
        (!self.broken).then(|| self.settings.clone())
    }
}

impl Read for SysctlsForm {
    fn read(node: &Node, problems: &mut Problems<'_>) -> Option<Self> {
        let Value::Map(entries) = &node.value else {
            let message = format!("expected kernel settings, found {}", node.found());
            problems
                .add(node.span, message, "not a map")
                .help("write them as `{net.sctp.auth_enable: 1}`");
            return None;
        };
        let settings: Vec<Sysctl> = entries
            .iter()
            .filter_map(|(key, value)| {
                let (name, values) = find(&key.value).or_else(|| {
                    unknown(key, problems);
                    None
                })?;
                let value = read_value(name, values, value, problems)?;
                Some(Sysctl { name, value })
            })
            .collect();
        Some(Self {
            broken: settings.len() < entries.len(),
            settings,
        })
    }
}

fn find(name: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|(known, _)| *known == name)
}

fn unknown(key: &Spanned<String>, problems: &mut Problems<'_>) {
    let names = SETTINGS.iter().map(|(name, _)| *name);
    let help = match suggestion(&key.value, names.clone(), problems) {
        Some(likely) => format!("did you mean `{likely}`?"),
        None => format!("what can be set is {}", one_of(names)),
    };
    let message = format!("`{}` is not a setting of a node", shortened(&key.value));
    problems.add(key.span, message, "not known here").help(help);
}

fn read_value(
    name: &str,
    values: &RangeInclusive<u32>,
    node: &Node,
    problems: &mut Problems<'_>,
) -> Option<u32> {
    let number = Number::read(node, problems)?.0;
    let fitting = u32::try_from(number).ok().filter(|it| values.contains(it));
    if fitting.is_none() {
        let message = format!("`{name}` cannot be {number}");
        let (least, most) = (values.start(), values.end());
        problems
            .add(node.span, message, "this value")
            .help(format!("it is {least} to {most}"));
    }
    fitting
}

impl JsonSchema for SysctlsForm {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "SysctlForm".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let properties: serde_json::Map<_, _> = SETTINGS
            .iter()
            .map(|(name, values)| {
                let (least, most) = (values.start(), values.end());
                let value = json_schema!({
                    "type": "integer",
                    "minimum": least,
                    "maximum": most,
                    "description": format!("{least} to {most}."),
                });
                ((*name).to_owned(), value.into())
            })
            .collect();
        json_schema!({
            "description": "Kernel settings of a node, in its own namespace \
                (`Documentation/networking/ip-sysctl` of the kernel explains them). \
                Times are in milliseconds, those of a firewall in seconds.",
            "type": "object",
            "additionalProperties": false,
            "properties": properties,
            "x-example": "{net.sctp.auth_enable: 1, net.sctp.addip_enable: 1}",
        })
    }
}
