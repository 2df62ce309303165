//! Diagnoses the associations of a capture.
//!
//! [`Follower`] takes packets one after the other, in memory that does not grow with their
//! number. For each [`Association`] the follower knows which end called, the state of each
//! path, the course of the data, and the end. [`KINDS`] is the table of all kinds of
//! finding; [`findings`] looks for each of them. A finding has its packets by frame number,
//! the section of the RFC, its certainty, and a remedy to try.
//!
//! [`Watch`] reports findings while packets come, each finding once.
//!
//! [`page`] tells the course of the associations in plain words, [`proof`] lists the
//! packets, and [`json`] gives both to programs.

mod association;
mod evidence;
mod exchanges;
mod failover;
mod finding;
mod flow;
mod follow;
mod json;
mod page;
mod path;
mod proof;
mod seen;
mod sent;
mod watch;
mod words;

pub use association::{Association, End, Ending, SetUp};
pub use evidence::{Evidence, Moment};
pub use exchanges::{Exchange, Exchanges};
pub use failover::{Failover, Failovers};
pub use finding::{Alike, Certainty, Doubt, Found, KINDS, Kind};
pub use flow::Flow;
pub use follow::Follower;
pub use json::json;
pub use page::page;
pub use path::{Path, Way};
pub use proof::{frames, proof};
pub use watch::{Change, News, Watch};

use finding::Case;

/// The findings of an association, the weightiest kind first. `end` is the last packet of
/// the capture.
#[must_use]
pub fn findings(it: &Association, end: Moment) -> Vec<(&'static Kind, Found)> {
    let case = Case { it, end };
    let found = KINDS.iter().flat_map(|kind| {
        let all = (kind.find)(&case);
        all.into_iter().map(move |one| (kind, one))
    });
    found.collect()
}
