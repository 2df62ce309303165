//! A checked scenario, as plain data.

mod capability;
mod endpoint;
mod exercise;
mod expect;
mod field;
mod known_failure;
mod known_fields;
mod linux_rule;
mod name;
mod network;
mod notification;
mod option;
pub(crate) mod packet_wanted;
mod peer;
mod program;
mod rfc;
mod weight;
pub(crate) mod words;

pub use capability::Capability;
pub use endpoint::{Role, Style, Timers};
pub use exercise::{Ask, Exercise, Fault, PacketAt, Predicted};
pub use expect::{
    AssociationTurn, BoundKind, Expect, Expected, NotificationPattern, PathPattern, PathState,
    Within,
};
pub use field::FieldWanted;
pub use known_failure::{KnownFailure, is_named};
pub(crate) use known_fields::DETAILS;
pub use known_fields::{
    ASSOCIATION_FIELDS, ASSOCIATION_STATES, MESSAGE_FIELDS, PATH_FIELDS, PATH_STATES,
};
pub use linux_rule::{LinuxRule, Rules};
pub use name::{EndpointName, LinkName, NodeName, StepName};
pub use network::{ETHERNET_MTU, Link, LinkEnd, Node, Route, Shape, Sysctl};
pub use notification::NotificationKind;
pub use option::{
    AddStreams, AuthKey, Hmac, Init, Reliability, ResetDirection, ResetRequest, ResetStreams,
    RtoInfo, Scheduler, StreamValue,
};
pub use packet_wanted::{Carrier, ChunkWanted, FieldOfChunk, PacketWanted, Skip};
pub use peer::Peer;
pub use program::{LinePattern, Program, Ready, Signal};
pub use rfc::RfcSection;
pub use weight::{HEAVIEST, MOST_NODES, weight};
