//! Diagnoses the associations of a capture.
//!
//! [`Follower`] takes packets one after the other, in memory that does not grow with
//! their number, and knows of each [`Association`] who called whom, which paths there
//! are and what became of them, how the data went, and how it ended. [`KINDS`] is the
//! table of what may be wrong; [`findings`] asks it. Each finding has its packets by
//! frame number, the section of the RFC, how sure it is, and what to try.
//!
//! [`Watch`] tells of findings while packets come, each once.
//!
//! [`page`] tells all of it in plain words, [`proof`] shows the packets, and [`json`]
//! gives both to programs.

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
mod watch;
mod words;

pub use association::{Association, End, Ending, SetUp};
pub use evidence::{Evidence, Moment};
pub use exchanges::{Exchange, Exchanges};
pub use failover::{Failover, Failovers};
pub use finding::{Certainty, Found, KINDS, Kind};
pub use flow::Flow;
pub use follow::Follower;
pub use json::json;
pub use page::page;
pub use path::{Path, Way};
pub use proof::{frames, proof};
pub use watch::{Change, News, Watch};

use finding::Case;

/// What is wrong with an association, the weightiest first. `end` is the last packet
/// of the capture.
#[must_use]
pub fn findings(it: &Association, end: Moment) -> Vec<(&'static Kind, Found)> {
    let case = Case { it, end };
    let found = KINDS.iter().flat_map(|kind| {
        let all = (kind.find)(&case);
        all.into_iter().map(move |one| (kind, one))
    });
    found.collect()
}
