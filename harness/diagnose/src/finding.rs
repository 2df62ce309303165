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
    /// The statement of such a finding, in a clause without a full stop.
    pub says: &'static str,
    /// The RFC and section that describe the right behaviour.
    pub rfc: &'static str,
    /// The other explanation of the packets, if there is one.
    pub doubt: Doubt,
    /// The remedy to try.
    pub remedy: &'static str,
    /// A run that looks as if it had such a finding, but has none.
    pub alike: Alike,
    pub(crate) find: fn(&Case<'_>) -> Vec<Found>,
}

/// Another explanation of a finding's packets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// There is no other explanation: each finding of the kind is certain.
    Never,
    /// The other explanation, in a clause: each finding of the kind is only likely.
    Always(&'static str),
    /// Some findings of the kind are only likely, all others are certain.
    Where {
        /// Where a finding is only likely, in a clause.
        this: &'static str,
        /// The other explanation of such a finding, in a clause.
        or_else: &'static str,
    },
}

/// A run of the lab that looks as if it had a finding, and has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alike {
    /// The scenario, with the number of a sabotage behind a dash.
    pub run: &'static str,
    /// Why the run has no such finding, in a clause.
    pub why: &'static str,
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

    /// The same finding as likely only, if its kind has another explanation.
    pub(crate) fn unless(mut self, kind: &Kind) -> Self {
        if let Doubt::Always(or_else) | Doubt::Where { or_else, .. } = kind.doubt {
            self.certainty = Certainty::Likely;
            self.details.push(format!("or else {or_else}"));
        }
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
