//! Joins the captures of a frame at both ends of a link to one journey.

use std::collections::{BTreeMap, VecDeque};
use std::hash::{DefaultHasher, Hasher as _};
use std::time::Duration;

use recording::{Direction, PacketView, Time};

use crate::hosts::{Host, Hosts, Link};
use crate::setting::Setting;

/// Greatest number of packets, and of their bytes, that are read ahead until the end of a
/// journey is known.
const LOOK_AHEAD: usize = 16_384;
const BYTES_AHEAD: usize = 16 << 20;

/// Greatest number of frames in flight in one direction of a link.
const UNDER_WAY: usize = 1024;

/// Greatest number of frames changed by rules that are compared with an arriving frame.
const COMPARED: usize = 16;

/// A frame counts as lost once a frame arrives that was sent this much later in the same
/// direction of the link.
const OVERTAKEN: Duration = Duration::from_secs(10);

/// The time for forwarding a frame, which even a link without delay takes.
const AS_GOOD_AS_NONE: Duration = Duration::from_millis(1);

/// The journey of a frame over a link.
#[derive(Clone, Debug)]
pub(crate) struct Journey<P> {
    /// The frame where it was sent; where it was received if only that was captured.
    pub(crate) packet: P,
    pub(crate) link: Link,
    pub(crate) from: Host,
    pub(crate) to: Host,
    /// Index of the packet in the capture, at the sender.
    pub(crate) sent: Option<usize>,
    /// Index of the packet in the capture, at the receiver.
    pub(crate) received: Option<usize>,
    pub(crate) end: End,
}

/// The end of a journey, as far as the capture shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The frame was received at this time.
    Arrived(Time),
    /// The frame did not arrive although there was enough time, or a rule took it.
    Lost,
    /// The frame had not arrived when the run ended, and may have arrived later.
    UnderWay,
    /// Only one end of the link was captured: the sender's or the receiver's.
    Unseen,
    /// The frame was received but not seen leaving: a duplicate, or a capture that
    /// started late.
    OutOfNowhere,
}

/// Joins captured packets to journeys. The packets must come in the order of time; the
/// journeys are given in the order of their beginnings.
pub(crate) struct Journeys<'a, I: Iterator> {
    hosts: &'a Hosts,
    packets: std::iter::Enumerate<I>,
    /// Delay of each link.
    delays: Vec<Duration>,
    /// Time of the last packet, or of the end of the run.
    ended: Time,
    /// Journeys from the number `first` on. A journey whose end is unknown holds up those
    /// after it.
    waiting: VecDeque<Waiting<I::Item>>,
    first: usize,
    /// The amount of the capture that has been read so far.
    taken: Taken,
    /// Frames in flight, by link and sender.
    directions: BTreeMap<(Link, Host), Lane>,
}

struct Waiting<P> {
    journey: Journey<P>,
    has_ended: bool,
    /// The amount that had been read when the journey began.
    began: Taken,
}

/// The amount of a capture that has been read.
#[derive(Clone, Copy, Default)]
struct Taken {
    packets: usize,
    bytes: usize,
}

#[derive(Default)]
struct Lane {
    /// Frames in flight in the order of their departure.
    under_way: VecDeque<UnderWay>,
    /// Delay of the last frame.
    delay: Option<Duration>,
    /// Delay of the slowest frame.
    longest: Duration,
}

#[derive(Clone, Copy)]
struct UnderWay {
    journey: usize,
    /// Fingerprint of the frame. Many frames may be in flight, and only few are compared
    /// byte by byte.
    fingerprint: u64,
}

impl<'a, I> Journeys<'a, I>
where
    I: Iterator,
    I::Item: PacketView,
{
    pub(crate) fn new(hosts: &'a Hosts, setting: &Setting, packets: I) -> Self {
        let links = hosts.links().iter();
        let delay = |link: &String| setting.delays.get(link).copied().unwrap_or_default();
        Self {
            hosts,
            packets: packets.enumerate(),
            delays: links.map(delay).collect(),
            ended: setting.ended.unwrap_or(Time::ZERO),
            waiting: VecDeque::new(),
            first: 0,
            taken: Taken::default(),
            directions: BTreeMap::new(),
        }
    }

    /// Takes in a packet. Returns its journey if that has ended and no earlier journey is
    /// waiting.
    fn take_in(&mut self, number: usize, packet: I::Item) -> Option<Journey<I::Item>> {
        self.ended = self.ended.max(packet.at());
        let end = self.hosts.end(packet.interface())?;
        let is_sent = packet.direction() == Direction::Out;
        let (from, to) = match packet.direction() {
            Direction::Out => (end.host, end.peer),
            Direction::In => (end.peer, end.host),
        };
        if !is_sent && self.arrive(end.link, from, number, &packet) {
            return None;
        }
        let is_under_way = is_sent && end.peer_is_captured;
        if is_under_way {
            self.depart(end.link, from, packet.likeness());
        }
        let journey = Journey {
            packet,
            link: end.link,
            from,
            to,
            sent: is_sent.then_some(number),
            received: (!is_sent).then_some(number),
            end: match (is_sent, end.peer_is_captured) {
                (true, true) => End::Lost,
                (true, false) | (false, false) => End::Unseen,
                (false, true) => End::OutOfNowhere,
            },
        };
        if !is_under_way && self.waiting.is_empty() {
            self.first += 1;
            return Some(journey);
        }
        self.waiting.push_back(Waiting {
            journey,
            has_ended: !is_under_way,
            began: self.taken,
        });
        None
    }

    /// Begins the next journey.
    fn depart(&mut self, link: Link, from: Host, frame: &[u8]) {
        let next = UnderWay {
            journey: self.first + self.waiting.len(),
            fingerprint: fingerprint(frame),
        };
        let lane = self.directions.entry((link, from)).or_default();
        lane.under_way.push_back(next);
        if lane.under_way.len() > UNDER_WAY
            && let Some(oldest) = lane.under_way.pop_front()
        {
            self.give_up(oldest.journey);
        }
    }

    /// Ends the journey of the received frame. Returns whether there was one.
    fn arrive(&mut self, link: Link, from: Host, number: usize, received: &I::Item) -> bool {
        let Some(lane) = self.directions.get(&(link, from)) else {
            return false;
        };
        let Some(place) = self.best_match(lane, received) else {
            return false;
        };
        let Some(lane) = self.directions.get_mut(&(link, from)) else {
            return false;
        };
        let Some(UnderWay { journey, .. }) = lane.under_way.remove(place) else {
            return false;
        };
        let first = self.first;
        let began = |journey: usize| {
            let waiting: Option<&Waiting<_>> = self.waiting.get(journey - first);
            waiting.map_or(Time::ZERO, Waiting::began)
        };
        let sent_at = began(journey);
        let delay = received.at() - sent_at;
        lane.delay = Some(delay);
        lane.longest = lane.longest.max(delay);
        let overtaken = lane
            .under_way
            .partition_point(|it| began(it.journey) + OVERTAKEN < sent_at);
        for lost in lane.under_way.drain(..overtaken).collect::<Vec<_>>() {
            self.give_up(lost.journey);
        }
        if let Some(waiting) = self.waiting.get_mut(journey - self.first) {
            waiting.journey.received = Some(number);
            waiting.journey.end = End::Arrived(received.at());
            waiting.has_ended = true;
        }
        true
    }

    /// The index in the lane of the frame that was received. Retransmissions may be equal
    /// to the byte. Of several equal frames, one that no rule changed is preferred, and
    /// the one whose delay is nearest to the delay before, or else the shortest. A
    /// received frame without an equal one may have been changed by a rule.
    fn best_match(&self, lane: &Lane, received: &I::Item) -> Option<usize> {
        let wanted = fingerprint(received.likeness());
        let places = lane.under_way.iter().enumerate();
        places
            .filter(|(_, it)| it.fingerprint == wanted)
            .filter_map(|(place, it)| Some((place, self.sent(it)?)))
            .min_by_key(|(_, sent)| {
                let delay = received.at() - sent.at();
                let unusual = delay.abs_diff(lane.delay.unwrap_or_default());
                (sent.fault().is_some(), unusual)
            })
            .filter(|(_, sent)| sent.likeness() == received.likeness())
            .map(|(place, _)| place)
            .or_else(|| self.changed_into(lane, received))
    }

    /// The index in the lane of the frame that a rule changed into the received one: of
    /// the frames of the same length, the most similar.
    fn changed_into(&self, lane: &Lane, received: &I::Item) -> Option<usize> {
        let places = lane.under_way.iter().enumerate();
        places
            .filter_map(|(place, it)| Some((place, self.sent(it)?)))
            .filter(|(_, sent)| is_changed(*sent) && sent.bytes().len() == received.bytes().len())
            .take(COMPARED)
            .min_by_key(|(_, sent)| {
                let bytes = sent.bytes().iter().zip(received.bytes());
                bytes.filter(|(one, other)| one != other).count()
            })
            .map(|(place, _)| place)
    }

    fn sent(&self, under_way: &UnderWay) -> Option<&I::Item> {
        let waiting = self.waiting.get(under_way.journey - self.first)?;
        Some(&waiting.journey.packet)
    }

    /// Ends a journey whose frame cannot arrive any more.
    fn give_up(&mut self, journey: usize) {
        if let Some(waiting) = self.waiting.get_mut(journey - self.first) {
            waiting.has_ended = true;
        }
    }

    /// The next journey after the last packet.
    fn pop_last(&mut self) -> Option<Journey<I::Item>> {
        let has_ended = self.waiting.front()?.has_ended;
        let mut journey = self.pop()?;
        if !has_ended && self.may_be_under_way(&journey) {
            journey.end = End::UnderWay;
        }
        Some(journey)
    }

    /// Whether a frame that had not arrived at the end of the run may still have arrived:
    /// no rule took it, and frames on its link have taken as long.
    fn may_be_under_way(&self, journey: &Journey<I::Item>) -> bool {
        let held = match journey.packet.fault() {
            None => Some(Duration::ZERO),
            Some(fault) => held_back(fault),
        };
        let Some(held) = held else { return false };
        let both_ways = [journey.from, journey.to].map(|from| (journey.link, from));
        let seen = both_ways.iter().filter_map(|it| self.directions.get(it));
        let seen = seen.map(|lane| lane.longest).max().unwrap_or_default();
        let known = self.delays.get(journey.link.0).copied().unwrap_or_default();
        let longest = seen.max(known).saturating_add(AS_GOOD_AS_NONE);
        let passed = self.ended - journey.packet.at();
        passed <= longest.saturating_add(held)
    }

    /// Whether the first journey has ended, or is no longer waited for.
    fn is_ready(&self) -> bool {
        self.waiting.front().is_some_and(|it| {
            it.has_ended
                || self.taken.packets - it.began.packets > LOOK_AHEAD
                || self.taken.bytes - it.began.bytes > BYTES_AHEAD
        })
    }

    fn pop(&mut self) -> Option<Journey<I::Item>> {
        let waiting = self.waiting.pop_front()?;
        if !waiting.has_ended {
            let lane = (waiting.journey.link, waiting.journey.from);
            if let Some(lane) = self.directions.get_mut(&lane) {
                lane.under_way.pop_front();
            }
        }
        self.first += 1;
        Some(waiting.journey)
    }
}

/// Whether a rule has changed the frame, by the first word of its fault.
fn is_changed(sent: &impl PacketView) -> bool {
    let fault = sent.fault().unwrap_or_default();
    fault.starts_with("corrupted ") || fault.starts_with("rewritten ")
}

/// The time for which a rule has held the frame back, by its fault; `None` if the rule
/// took the frame.
fn held_back(fault: &str) -> Option<Duration> {
    if fault.starts_with("dropped ") {
        return None;
    }
    if fault.starts_with("put behind ") {
        // The frame is held until other frames come, or the rule is removed.
        return Some(Duration::MAX);
    }
    let Some(delayed) = fault.strip_prefix("delayed ") else {
        return Some(Duration::ZERO);
    };
    let time = delayed.split(' ').next().unwrap_or_default();
    Some(duration(time).unwrap_or(Duration::MAX))
}

/// Parses a duration as Rust prints it: `1.2s`, `200ms`.
fn duration(text: &str) -> Option<Duration> {
    let digits = text.find(|it: char| it.is_alphabetic() || it == 'µ')?;
    let (number, unit) = text.split_at(digits);
    let unit = match unit {
        "s" => 1.0,
        "ms" => 1e-3,
        "µs" => 1e-6,
        "ns" => 1e-9,
        _ => return None,
    };
    Duration::try_from_secs_f64(number.parse::<f64>().ok()? * unit).ok()
}

/// A hash that is the same for equal frames.
fn fingerprint(frame: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(frame);
    hasher.finish()
}

impl<P: PacketView> Waiting<P> {
    fn began(&self) -> Time {
        self.journey.packet.at()
    }
}

impl<I> Iterator for Journeys<'_, I>
where
    I: Iterator,
    I::Item: PacketView,
{
    type Item = Journey<I::Item>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.is_ready() {
                return self.pop();
            }
            match self.packets.next() {
                Some((number, packet)) => {
                    self.taken.packets += 1;
                    self.taken.bytes += packet.bytes().len();
                    if let Some(journey) = self.take_in(number, packet) {
                        return Some(journey);
                    }
                }
                None => return self.pop_last(),
            }
        }
    }
}

#[cfg(test)]
mod tests;
