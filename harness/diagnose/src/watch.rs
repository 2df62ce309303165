//! Reports findings while packets arrive, each finding once.

use std::collections::BTreeMap;

use serde_json::{Value, json as object};

use crate::association::Association;
use crate::evidence::Moment;
use crate::finding::{Certainty, Found, Kind};
use crate::findings;
use crate::follow::Follower;
use crate::json::finding;
use crate::proof::frames;
use crate::words::{name, seconds};

/// The time between two looks, in nanoseconds of the capture's clock.
const BETWEEN: u64 = 1_000_000_000;

/// Looks at a follower from time to time, and reports each finding once.
///
/// A finding is reported when it is there at two looks, a second apart: an answer that is
/// still on its way may take the finding away. A finding is reported again when twice as
/// many packets prove it, when its certainty changes, and when later packets take it away.
#[derive(Debug, Default)]
pub struct Watch {
    /// The findings at the last look, by association, name of the kind, and index among
    /// those of the kind.
    known: BTreeMap<(usize, &'static str, usize), Known>,
    next_look: Option<u64>,
}

#[derive(Debug)]
struct Known {
    found: Found,
    kind: &'static Kind,
    /// The number of packets and the certainty when the finding was last reported; `None`
    /// while it is not reported.
    told: Option<(u64, Certainty)>,
}

/// A report of a finding.
pub struct News {
    /// The last packet so far.
    pub at: Moment,
    /// The association, by index.
    pub association: usize,
    /// The kind of the finding.
    pub kind: &'static Kind,
    /// The finding.
    pub found: Found,
    /// How the finding has changed.
    pub change: Change,
    first: Moment,
    ends: [String; 2],
}

/// How a finding changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The finding was not reported before.
    New,
    /// Twice as many packets prove the finding, or its certainty has changed.
    More,
    /// Later packets have taken the finding away.
    Gone,
}

impl Watch {
    /// The reports that are due after a packet. The follower is looked at once a second.
    pub fn look(&mut self, follower: &Follower) -> Vec<News> {
        let Some((_, last)) = follower.span else {
            return Vec::new();
        };
        let next = *self
            .next_look
            .get_or_insert(last.at.saturating_add(BETWEEN));
        if last.at < next {
            return Vec::new();
        }
        self.next_look = Some(last.at.saturating_add(BETWEEN));
        self.compare(follower, false)
    }

    /// The reports that are due when no more packets come, or none for a while. Findings
    /// that are there for the first time are reported at once.
    pub fn look_now(&mut self, follower: &Follower) -> Vec<News> {
        self.compare(follower, true)
    }

    /// `at_once` reports findings that are there for the first time, too.
    fn compare(&mut self, follower: &Follower, at_once: bool) -> Vec<News> {
        let Some((first, last)) = follower.span else {
            return Vec::new();
        };
        let mut before = std::mem::take(&mut self.known);
        let mut news = Vec::new();
        let mut tell = |it: &Association, association, known: &Known, change| {
            news.push(News {
                at: last,
                association,
                kind: known.kind,
                found: known.found.clone(),
                change,
                first,
                ends: [name(it, 0), name(it, 1)],
            });
        };
        for (number, it) in follower.associations.iter().enumerate() {
            let mut places: BTreeMap<&'static str, usize> = BTreeMap::new();
            for (kind, found) in findings(it, last) {
                let place = places.entry(kind.name).or_default();
                let key = (number, kind.name, *place);
                *place += 1;
                let was = before.remove(&key);
                let stands = was.is_some() || at_once;
                let told = was.and_then(|it| it.told);
                let mut known = Known { found, kind, told };
                let now = (known.found.packets.count(), known.found.certainty);
                let change = match told {
                    None => Some(Change::New),
                    Some((count, certainty)) => {
                        let is_more = now.0 >= count.saturating_mul(2) || now.1 != certainty;
                        is_more.then_some(Change::More)
                    }
                };
                if let Some(change) = change.filter(|_| stands) {
                    known.told = Some(now);
                    tell(it, number, &known, change);
                }
                self.known.insert(key, known);
            }
        }
        for ((number, ..), known) in before.iter().filter(|(_, it)| it.told.is_some()) {
            if let Some(it) = follower.associations.get(*number) {
                tell(it, *number, known, Change::Gone);
            }
        }
        news
    }
}

impl News {
    /// The report as one line, without a line end. The line may hold text of the packets:
    /// escape it before a terminal shows it.
    #[must_use]
    pub fn line(&self) -> String {
        let mark = match (self.change, self.found.certainty) {
            (Change::Gone, _) => "✓ no more:",
            (_, Certainty::Certain) => "✗",
            (_, Certainty::Likely) => "?",
        };
        let [one, other] = &self.ends;
        format!(
            "{} #{} {one} ⇄ {other} {mark} {}, {}",
            seconds(self.at.since(self.first)),
            self.association + 1,
            self.found.words,
            frames(&self.found.packets, 1),
        )
    }

    /// The report as JSON, as `docs/json.md` describes under "diagnose".
    #[must_use]
    pub fn json(&self) -> Value {
        let mut line = finding(self.kind, &self.found);
        line["format"] = 1.into();
        line["association"] = (self.association + 1).into();
        line["at-ns"] = self.at.since(self.first).into();
        line["change"] = match self.change {
            Change::New => "new",
            Change::More => "more",
            Change::Gone => "gone",
        }
        .into();
        line["ends"] = object!(self.ends);
        line
    }
}
