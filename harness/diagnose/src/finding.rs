//! Findings: the possible faults of an association. Each kind has a file here, and a line
//! in the table.

mod aborted;
mod bad_checksum;
mod cookie_unanswered;
mod data_unanswered;
mod doubled;
mod failover;
mod foreign_tag;
mod handshake_lost;
mod heartbeats_elsewhere;
mod heartbeats_unanswered;
mod icmp;
mod idle;
mod init_refused;
mod init_unanswered;
mod lost;
mod mtu;
mod nat;
mod one_way;
mod overtaken;
mod ppid_missing;
mod ppid_turned;
mod reported_error;
mod restart;
mod route;
mod shutdown_unanswered;
mod spurious;
mod timers;
mod uncaptured;
mod window;

use std::fmt;

use crate::association::Association;
use crate::evidence::{Evidence, Moment};

/// A kind of finding.
#[derive(Debug)]
pub struct Kind {
    /// The name of the kind, which never changes.
    pub name: &'static str,
    /// The RFC and section that describe the right behaviour.
    pub rfc: &'static str,
    /// The remedy to try.
    pub remedy: &'static str,
    pub(crate) find: fn(&Case<'_>) -> Vec<Found>,
}

/// An association, with what a finding needs beside it.
pub(crate) struct Case<'c> {
    pub(crate) it: &'c Association,
    /// The last packet of the capture.
    pub(crate) end: Moment,
}

/// A finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What is wrong, in a sentence without a full stop.
    pub words: String,
    /// How certain the finding is.
    pub certainty: Certainty,
    /// The packets that prove the finding.
    pub packets: Evidence,
    /// Further lines of the proof.
    pub details: Vec<String>,
}

/// How certain a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// The packets leave no other explanation.
    Certain,
    /// Another explanation is possible: the details name it.
    Likely,
}

impl Found {
    pub(crate) fn certain(words: String, packets: Evidence) -> Self {
        Self {
            words,
            certainty: Certainty::Certain,
            packets,
            details: Vec::new(),
        }
    }

    /// The same finding as likely only, with the other explanation that is possible.
    pub(crate) fn unless(mut self, explanation: &str) -> Self {
        self.certainty = Certainty::Likely;
        self.details.push(format!("or else {explanation}"));
        self
    }

    pub(crate) fn detail(mut self, line: String) -> Self {
        self.details.push(line);
        self
    }
}

impl fmt::Display for Certainty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Certain => "certain",
            Self::Likely => "likely",
        })
    }
}

/// All kinds of finding, the weightiest first.
pub const KINDS: &[Kind] = &[
    init_unanswered::KIND,
    init_refused::KIND,
    cookie_unanswered::KIND,
    aborted::KIND,
    restart::KIND,
    handshake_lost::KIND,
    failover::KIND,
    heartbeats_unanswered::KIND,
    heartbeats_elsewhere::KIND,
    data_unanswered::KIND,
    shutdown_unanswered::KIND,
    mtu::KIND,
    icmp::KIND,
    lost::KIND,
    timers::KIND,
    spurious::KIND,
    window::KIND,
    doubled::KIND,
    overtaken::KIND,
    foreign_tag::KIND,
    bad_checksum::KIND,
    nat::KIND,
    route::KIND,
    one_way::KIND,
    uncaptured::KIND,
    ppid_turned::KIND,
    ppid_missing::KIND,
    reported_error::KIND,
    idle::KIND,
];
