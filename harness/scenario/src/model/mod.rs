//! A checked scenario, as plain data.

mod action;
mod capability;
mod endpoint;
mod exercise;
mod expect;
mod field;
mod known_failure;
mod known_fields;
mod level;
mod linux_rule;
mod name;
mod network;
mod option;
mod peer;
mod program;
mod rfc;
mod sabotage;
mod scenario;
mod step;
mod timing;
mod weight;
pub(crate) mod words;

pub use crate::assertion::*;
pub use action::{
    Abort, Action, AddAddress, AddInterfaceAddress, AddPolicyRoute, AddRoute, AddRule, Ancillary,
    Answer, Await, Binding, Bound, Call, Carrier, ChunkWanted, Close, Closing, Connect, Cut,
    DeleteAddress, Emit, EmitHeader, End, FieldOfChunk, Function, Get, Heartbeat, HeartbeatSetting,
    IcmpKind, IcmpSaid, IcmpWord, Kill, LinkDown, LinkUp, Liveness, Nth, Open, PacketWanted,
    PauseReading, PeelOff, PeerState, PowerCut, Probe, Protocol, RemoveInterfaceAddress,
    RemoveRoute, RemoveRule, Restore, ResumeReading, RuleAction, RuleMatch, Send, SendAttributes,
    SendSignal, Set, SetPath, SetPeerPrimary, SetPrimary, SetSysctl, SetUp, Shutdown, Silence,
    Skip, Start, Stop, Traffic, Wait,
};
pub use capability::Capability;
pub use endpoint::{Endpoint, Role, Style, Timers};
pub use exercise::{Ask, Exercise, Fault, Foretold, PacketAt};
pub use expect::{
    BoundKind, Expect, Expected, NotificationKind, NotificationPattern, PathPattern, PathState,
    Within,
};
pub use field::FieldWanted;
pub use known_failure::{KnownFailure, is_named};
pub(crate) use known_fields::DETAILS;
pub use known_fields::{
    ASSOCIATION_FIELDS, ASSOCIATION_STATES, MESSAGE_FIELDS, PATH_FIELDS, PATH_STATES,
};
pub use level::Level;
pub use linux_rule::{LinuxRule, Rules};
pub use name::{EndpointName, LinkName, NodeName, StepName};
pub use network::{Link, LinkEnd, Node, Route, Shape, Sysctl};
pub use option::{
    AddStreams, AuthKey, Hmac, Init, Reliability, ResetDirection, ResetRequest, ResetStreams,
    RtoInfo, Scheduler, StreamValue,
};
pub use peer::Peer;
pub use program::{LinePattern, Program, Ready, Signal};
pub use rfc::RfcSection;
pub use sabotage::{Edit, Sabotage};
pub use scenario::Scenario;
pub use step::Step;
pub use weight::{HEAVIEST, MOST_NODES, weight};
