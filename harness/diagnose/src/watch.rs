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

/// So much of the capture's time passes between two looks.
const BETWEEN: u64 = 1_000_000_000;

/// Looks at a follower from time to time, and tells of each finding once. It is told when
/// it is there at two looks, a second apart: what an answer takes away that is under way
/// is none. It is told again when twice as many packets prove it, or when its certainty
/// changes, and when later packets take it away.
#[derive(Debug, Default)]
pub struct Watch {
    /// By association, name of the kind, and place among those of the kind.
    known: BTreeMap<(usize, &'static str, usize), Known>,
    next_look: Option<u64>,
}

#[derive(Debug)]
struct Known {
    found: Found,
    kind: &'static Kind,
    /// How it was told: how many packets proved it, and how sure it was.
    told: Option<(u64, Certainty)>,
}

/// Something to tell.
pub struct News {
    /// When: the last packet so far.
    pub at: Moment,
    /// The association's number, from 0.
    pub association: usize,
    /// Of which kind the finding is.
    pub kind: &'static Kind,
    /// What was found.
    pub found: Found,
    /// Whether it was told before.
    pub change: Change,
    first: Moment,
    ends: [String; 2],
}

/// How a finding changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It was not told before.
    New,
    /// More packets prove it, or it is surer, or less sure.
    More,
    /// Later packets take it away.
    Gone,
}

impl Watch {
    /// What there is to tell after a packet: it is looked for once a second.
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

    /// What there is to tell when no packet comes any more, or none for a while.
    pub fn look_now(&mut self, follower: &Follower) -> Vec<News> {
        self.compare(follower, true)
    }

    /// `at_once` tells what is there for the first time, too.
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
    /// One line, without its end. It may hold words of the other side: escape it before
    /// it is shown.
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

    /// The same for programs: of the form of `docs/json.md`, under "diagnose".
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
