//! The recording of a run: every packet, call, notification and message on one timeline,
//! and its folder on disk.
//!
//! A [`Recording`] is complete: the verdict, the ladder and the report are functions of
//! the recording alone, which includes the scenario's text.

mod association;
mod associations;
mod bundle;
mod capture;
mod engine;
mod error;
mod event_fields;
mod fields;
mod files;
mod folder;
mod format_1;
mod info;
mod joined;
mod keep;
mod message;
mod observation;
mod packet;
mod sample;
mod sight;
mod time;
mod view;

pub use association::{AssociationEnd, AssociationName, Chosen, NameGiver, TransportAddresses};
pub use associations::{Associations, End, Flow};
pub use bundle::{pack, unpack};
pub use capture::{APPLICATION, OF_SCENARIO};
pub use engine::Engine;
pub use error::FolderError;
pub use fields::{Fields, Value};
pub use files::{CAPTURE, INFO, OBSERVATIONS, SCENARIO};
pub use info::{Complaint, Ended, FORMAT, Info};
pub use joined::{Joined, joined};
pub use keep::Shelf;
pub use message::{ANSWER, MessageId};
pub use observation::{Event, Observation, Outcome, Output, ProgramEnd};
pub use packet::{Direction, Interface, Packet};
pub use sample::{AssociationSample, PathSample};
pub use sight::Sight;
pub use time::Time;
pub use view::{PacketView, sctp_in};

/// All that was seen in one run.
#[derive(Clone, Debug, PartialEq)]
pub struct Recording {
    /// What was run, where, and how the run ended.
    pub info: Info,
    /// The text of the scenario, as it was run.
    pub scenario: String,
    /// The interfaces at which packets were captured.
    pub interfaces: Vec<Interface>,
    /// Every frame seen at every node's interface, in the order of time.
    pub packets: Vec<Packet>,
    /// All other events, in the order of time.
    pub observations: Vec<Observation>,
}
