//! A checked endpoint: an SCTP socket on a node, and its timers.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::time::Duration;

use bounds::Timing;

use crate::model::{EndpointName, Node, NodeName, NotificationKind, Role, Style, Sysctl, Timers};
use crate::option::SocketOption;

/// An SCTP socket on a node.
#[derive(Clone, Debug, PartialEq)]
pub struct Endpoint {
    /// Its name.
    pub name: EndpointName,
    /// The node of the endpoint.
    pub node: NodeName,
    /// The style of its socket.
    pub style: Style,
    /// The port that the socket is bound to; `None` lets the kernel choose.
    pub port: Option<u16>,
    /// Whether the socket accepts associations.
    pub listens: bool,
    /// The addresses that the socket is bound to, in order: those in the scenario, else
    /// all addresses of its node in the order of the links. Never empty.
    pub addresses: Vec<IpAddr>,
    /// Whether the socket is bound to the wildcard address instead. In that case
    /// `addresses` are its addresses at the start.
    pub wildcard: bool,
    /// The notifications that the socket subscribes to.
    pub subscribe: BTreeSet<NotificationKind>,
    /// The timers and thresholds that differ from the kernel's defaults.
    pub timers: Timers,
    /// What the endpoint does with received messages.
    pub role: Option<Role>,
    /// Number of sockets of this kind, each with a port of its own.
    pub count: usize,
    /// Size in bytes of the buffer for each receive call; `None` is larger than any
    /// message.
    pub receive_buffer: Option<usize>,
    /// Outbound streams to ask for; `None` is the kernel's default.
    pub outbound_streams: Option<u16>,
    /// Inbound streams to accept at most; `None` is the kernel's default.
    pub inbound_streams: Option<u16>,
    /// The socket options that are set when the socket is opened.
    pub options: Vec<SocketOption>,
}

impl Endpoint {
    pub(crate) fn timing(&self, node: Option<&Node>) -> Timing {
        let (own, default) = (&self.timers, Timing::DEFAULT);
        let setting = |name: &str| {
            let sysctls = node.map_or(&[][..], |node| &node.sysctls);
            let of_name = |it: &&Sysctl| it.name.strip_prefix("net.sctp.") == Some(name);
            sysctls.iter().rev().find(of_name).map(|it| it.value)
        };
        let time = |own: Option<Duration>, name: &str, default| {
            let set = setting(name).map(|it| Duration::from_millis(it.into()));
            own.or(set).unwrap_or(default)
        };
        let number = |own: Option<u16>, name: &str, default| {
            // The kernel takes 0 for "unchanged" (RFC 6458 section 8.1).
            let own = own.filter(|it| *it > 0);
            let set = setting(name).map(|it| u16::try_from(it).unwrap_or(u16::MAX));
            own.or(set).unwrap_or(default)
        };
        let threshold = setting("pf_retrans").map(|it| u16::try_from(it).unwrap_or(u16::MAX));
        let potentially_failed = own.potentially_failed.or(threshold);
        Timing {
            rto_initial: time(own.rto_initial, "rto_initial", default.rto_initial),
            rto_min: time(own.rto_min, "rto_min", default.rto_min),
            rto_max: time(own.rto_max, "rto_max", default.rto_max),
            heartbeat_interval: time(
                own.heartbeat_interval,
                "hb_interval",
                default.heartbeat_interval,
            ),
            heartbeats: default.heartbeats,
            sack_delay: time(own.sack_delay, "sack_timeout", default.sack_delay),
            path_max_retrans: number(
                own.path_max_retrans,
                "path_max_retrans",
                default.path_max_retrans,
            ),
            potentially_failed: match setting("pf_enable") {
                Some(0) => None,
                _ => potentially_failed.or(default.potentially_failed),
            },
            association_max_retrans: number(
                own.association_max_retrans,
                "association_max_retrans",
                default.association_max_retrans,
            ),
            max_init_retransmits: number(
                own.max_init_retransmits,
                "max_init_retransmits",
                default.max_init_retransmits,
            ),
            // The greatest time between two INITs is the RTO.Max of the namespace, whatever
            // the socket's own RTO.Max is.
            max_init_timeout: time(None, "rto_max", default.max_init_timeout),
        }
    }
}
