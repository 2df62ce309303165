//! Round-trip times by path, over time: from DATA to its SACK, from HEARTBEAT to
//! HEARTBEAT ACK; and one-way delays of all packets where both ends were captured.

use std::collections::{BTreeMap, VecDeque};
use std::hash::{DefaultHasher, Hasher as _};

use serde::Serialize;

/// Greatest number of points of each kind and path. Beyond it, one point stands for two
/// measurements, then for four, and so on.
const POINTS: usize = 1_000;

/// Greatest number of paths in each direction.
const PATHS: usize = 16;

/// Greatest number of HEARTBEATs that wait for their answers.
const ASKED: usize = 64;

/// The kind of a measurement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Kind {
    /// From DATA to the first SACK that covers it. DATA that was sent more than once
    /// gives no measurement (Karn's rule, RFC 9260, section 6.3.1, rule C5). Of the DATA
    /// that one SACK acknowledges on a path, only the last counts, because the SACK was
    /// delayed least for it.
    Data,
    /// From HEARTBEAT to HEARTBEAT ACK, on the path of the HEARTBEAT.
    Heartbeat,
    /// From a packet's transmission to its arrival.
    OneWay,
}

/// The measurements of one direction.
#[derive(Debug, Default)]
pub(super) struct Trips {
    tracks: BTreeMap<(Kind, usize), Track>,
    /// Number of TSNs without a measurement, because they were sent more than once.
    left_out: u64,
    asked: VecDeque<(u64, u64, usize)>,
}

/// The measurements of a path as the page's script draws them.
#[derive(Debug, Serialize)]
pub(super) struct Drawn {
    tracks: Vec<DrawnTrack>,
    #[serde(rename = "leftOut")]
    left_out: u64,
}

#[derive(Debug, Serialize)]
struct DrawnTrack {
    kind: Kind,
    link: usize,
    count: u64,
    mean: u64,
    /// Number of measurements for each point.
    of: u64,
    points: Vec<Point>,
}

/// Time at which the first measurement of a point began, and the shortest and the longest
/// measurement, in microseconds.
type Point = (u64, u64, u64);

/// Measurements of one kind on one path.
#[derive(Debug)]
struct Track {
    points: Vec<Point>,
    of: u64,
    /// The next point, and its number of measurements so far.
    next: Option<(Point, u64)>,
    count: u64,
    sum: u64,
}

impl Trips {
    pub(super) fn is_empty(&self) -> bool {
        self.tracks.is_empty()
    }

    /// Adds a measurement: DATA that was sent once is acknowledged, or a packet has
    /// arrived.
    pub(super) fn took(&mut self, kind: Kind, link: usize, began: u64, ended: u64) {
        if self.tracks.len() >= 3 * PATHS && !self.tracks.contains_key(&(kind, link)) {
            return;
        }
        let track = self.tracks.entry((kind, link)).or_default();
        track.push(began, ended.saturating_sub(began));
    }

    /// Counts DATA that was sent more than once and is acknowledged.
    pub(super) fn leave_out(&mut self) {
        self.left_out += 1;
    }

    /// Follows a HEARTBEAT.
    pub(super) fn ask(&mut self, information: &[u8], link: usize, at: u64) {
        if self.asked.len() >= ASKED {
            self.asked.pop_front();
        }
        self.asked.push_back((hash(information), at, link));
    }

    /// Follows a HEARTBEAT ACK that arrives.
    pub(super) fn answer(&mut self, information: &[u8], at: u64) {
        let information = hash(information);
        let mut asked = self.asked.iter();
        if let Some(place) = asked.position(|(it, ..)| *it == information)
            && let Some((_, began, link)) = self.asked.remove(place)
        {
            self.took(Kind::Heartbeat, link, began, at);
        }
    }

    pub(super) fn drawn(&self) -> Drawn {
        let tracks = self.tracks.iter().map(|((kind, link), track)| DrawnTrack {
            kind: *kind,
            link: *link,
            count: track.count,
            mean: track.sum / track.count.max(1),
            of: track.of,
            points: {
                let last = track.next.map(|(point, _)| point);
                track.points.iter().copied().chain(last).collect()
            },
        });
        Drawn {
            tracks: tracks.collect(),
            left_out: self.left_out,
        }
    }
}

impl Default for Track {
    fn default() -> Self {
        Self {
            points: Vec::new(),
            of: 1,
            next: None,
            count: 0,
            sum: 0,
        }
    }
}

impl Track {
    fn push(&mut self, began: u64, took: u64) {
        self.count += 1;
        self.sum += took;
        let (point, measured) = match self.next.take() {
            Some((point, measured)) => (joined(point, (began, took, took)), measured + 1),
            None => ((began, took, took), 1),
        };
        if measured < self.of {
            self.next = Some((point, measured));
            return;
        }
        self.points.push(point);
        if self.points.len() > POINTS {
            let pairs = self.points.chunks(2).map(|pair| match *pair {
                [one, other] => joined(one, other),
                [one, ..] => one,
                [] => (0, 0, 0),
            });
            self.points = pairs.collect();
            self.of *= 2;
            // The last point may have only half of its measurements.
            if POINTS.is_multiple_of(2) {
                self.next = self.points.pop().map(|point| (point, self.of / 2));
            }
        }
    }
}

fn joined((began, least, most): Point, (_, other_least, other_most): Point) -> Point {
    (began, least.min(other_least), most.max(other_most))
}

/// A hash of the Heartbeat Information, which a HEARTBEAT and its ACK share.
fn hash(information: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(information);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_stand_for_more_and_keep_the_shortest_and_the_longest() {
        let mut trips = Trips::default();
        for number in 0..10_000 {
            let took = if number == 7_001 {
                90_000
            } else {
                20 + number % 3
            };
            trips.took(Kind::Data, 1, number * 100, number * 100 + took);
        }
        let drawn = trips.drawn();
        let [track] = drawn.tracks.as_slice() else {
            panic!("one path: {drawn:?}");
        };
        assert_eq!((track.link, track.count, track.of), (1, 10_000, 16));
        assert_eq!(track.points.len(), 10_000 / 16);
        assert!(track.points.iter().all(|(_, least, _)| *least == 20));
        let longest = track.points.iter().filter(|(.., most)| *most == 90_000);
        let longest: Vec<u64> = longest.map(|(began, ..)| *began).collect();
        assert_eq!(longest, [7_001 / 16 * 16 * 100]);
    }

    #[test]
    fn a_heartbeat_is_measured_where_it_was_sent() {
        let mut trips = Trips::default();
        trips.ask(b"one", 0, 1_000);
        trips.ask(b"two", 1, 2_000);
        trips.answer(b"two", 2_300);
        trips.answer(b"two", 2_900);
        trips.answer(b"none", 2_900);
        let drawn = trips.drawn();
        assert_eq!(drawn.tracks.len(), 1);
        assert_eq!(drawn.tracks[0].link, 1);
        assert_eq!(drawn.tracks[0].points, [(2_000, 300, 300)]);
    }
}
