//! Makes recordings of stacks with one gap too few, one too many, or one too long.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use recording::{Event, Observation, Outcome, Packet, Recording, Time};
use scenario::BoundKind;

use super::course::{Course, Gap, MOMENT};
use super::ends::Way;

/// What is done to a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mutation {
    /// The transmission at the gap's end is gone, with the error that it stands for. All
    /// that came later comes sooner by the gap.
    TakenOut,
    /// The transmission is repeated after a gap of the same length. All that came later
    /// comes later by the gap.
    PutIn,
    /// All that came after the gap's start comes later by half the gap.
    Stretched,
}

impl Mutation {
    pub(crate) const ALL: [Self; 3] = [Self::TakenOut, Self::PutIn, Self::Stretched];
}

impl fmt::Display for Mutation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TakenOut => "taken-out",
            Self::PutIn => "put-in",
            Self::Stretched => "stretched",
        })
    }
}

/// Makes the recording of a wrong stack from that of a right one.
pub(super) struct Edit<'r> {
    pub(super) recording: &'r Recording,
    pub(super) course: &'r Course,
    pub(super) gap: Gap,
    /// The time from a packet to its answer.
    pub(super) round_trip: Duration,
}

/// What becomes of a packet or observation.
enum Fate {
    At(Time),
    Gone,
    /// At the first time, and once more at the second.
    Twice(Time, Time),
}

impl Edit<'_> {
    pub(super) fn make(&self, mutation: Mutation) -> Recording {
        let mut mutated = self.recording.clone();
        let of_path = |packet: &Packet| self.course.ends.way_of(packet, self.gap.address);
        let mut packets = Vec::new();
        for packet in &self.recording.packets {
            let at = |at| Packet {
                at,
                ..packet.clone()
            };
            match self.fate(mutation, packet.at, of_path(packet)) {
                Fate::Gone => {}
                Fate::At(time) => packets.push(at(time)),
                Fate::Twice(one, other) => packets.extend([at(one), at(other)]),
            }
        }
        packets.sort_by_key(|packet| packet.at);
        mutated.packets = packets;
        mutated.observations = self.observations(mutation);
        mutated.info.duration = self.moved(mutation, self.recording.info.duration);
        mutated
    }

    fn observations(&self, mutation: Mutation) -> Vec<Observation> {
        let mut all: Vec<(Option<usize>, Observation)> = Vec::new();
        for (index, it) in self.recording.observations.iter().enumerate() {
            let way = self.is_sample(&it.event).then_some(Way::Sample);
            let counted = self.counted(mutation, it);
            let at = |at| Observation {
                at,
                event: counted.clone(),
            };
            match self.fate(mutation, it.at, way) {
                Fate::Gone => {}
                Fate::At(time) => all.push((Some(index), at(time))),
                Fate::Twice(one, other) => {
                    all.push((
                        Some(index),
                        Observation {
                            at: one,
                            event: it.event.clone(),
                        },
                    ));
                    all.push((None, at(other)));
                }
            }
        }
        all.sort_by_key(|(_, it)| it.at);
        let now_at = |old: usize| all.iter().position(|(index, _)| *index == Some(old));
        let mut observations: Vec<Observation> = all.iter().map(|(_, it)| it.clone()).collect();
        for it in &mut observations {
            if let Event::StepEnded {
                outcome: Outcome::Seen { observation },
                ..
            } = &mut it.event
            {
                *observation = now_at(*observation).unwrap_or(*observation);
            }
        }
        observations
    }

    fn is_sample(&self, event: &Event) -> bool {
        matches!(
            event,
            Event::Path { endpoint, association, sample }
                if *endpoint == self.course.observer
                    && *association == self.course.ends.association
                    && sample.address == self.gap.address
        )
    }

    /// The error count of a sample: one fewer, or one more, from the gap on.
    fn counted(&self, mutation: Mutation, it: &Observation) -> Event {
        let from = if self.gap.is_last {
            self.gap.from
        } else {
            self.gap.to
        };
        let by = match mutation {
            Mutation::TakenOut => -1,
            Mutation::PutIn => 1,
            Mutation::Stretched => 0,
        };
        let mut event = it.event.clone();
        let is_in_the_course = it.at > from && it.at <= self.course.end + MOMENT;
        if !is_in_the_course {
            return event;
        }
        let add = |count: &mut Option<u32>| {
            if let Some(count) = count.as_mut().filter(|count| **count > 0) {
                *count = count.saturating_add_signed(by);
            }
        };
        match &mut event {
            Event::Path {
                endpoint,
                association,
                sample,
            } if *endpoint == self.course.observer
                && *association == self.course.ends.association
                && sample.address == self.gap.address =>
            {
                add(&mut sample.error_count);
            }
            Event::Association {
                endpoint,
                association,
                sample,
            } if *endpoint == self.course.observer
                && *association == self.course.ends.association
                && self.course.bound == BoundKind::Association =>
            {
                add(&mut sample.error_count);
            }
            _ => {}
        }
        event
    }

    /// What becomes of a packet or observation at that time. `way` is given for packets of
    /// the failed path and for samples of it.
    fn fate(&self, mutation: Mutation, at: Time, way: Option<Way>) -> Fate {
        let Gap { from, to, .. } = self.gap;
        let within = |first: Time, last: Time| at > first && at <= last;
        let goes = within(
            from + MOMENT + self.round_trip,
            to + MOMENT + self.round_trip,
        );
        let is_healed = self.course.bound == BoundKind::Heartbeat;
        let doubles = match self.gap.is_last {
            false if is_healed => within(before(to), to + MOMENT + self.round_trip),
            false => within(before(to), to + MOMENT),
            true => within(before(from), from + MOMENT),
        };
        // The HEARTBEAT ACK that healed the path comes only to the repeated HEARTBEAT.
        let is_doubled = match way {
            Some(Way::There) => true,
            Some(Way::Back) => is_healed,
            Some(Way::Sample) => !is_healed && !self.ends_the_course(),
            None => false,
        };
        match mutation {
            Mutation::TakenOut if way.is_some() && self.has_end() && goes => Fate::Gone,
            Mutation::PutIn if is_doubled && doubles => Fate::Twice(at, at + self.gap.length()),
            _ => Fate::At(self.moved(mutation, at)),
        }
    }

    /// Whether the event that the bound is of was seen as soon as the gap was over. A
    /// HEARTBEAT goes out even with the error that makes its path unreachable.
    fn ends_the_course(&self) -> bool {
        self.gap.to + MOMENT >= self.course.end
    }

    /// Whether the gap ends with a transmission that may be taken out. The one that is
    /// answered may not.
    fn has_end(&self) -> bool {
        !self.gap.is_last && self.course.bound != BoundKind::Heartbeat
    }

    /// The new time of a moment. The later of two moments stays the later.
    fn moved(&self, mutation: Mutation, at: Time) -> Time {
        let Gap { from, to, .. } = self.gap;
        let length = self.gap.length();
        let start = from + MOMENT;
        match mutation {
            Mutation::TakenOut if at <= start => at,
            Mutation::TakenOut if at <= start + length => start,
            Mutation::TakenOut => Time::ZERO + (at - (Time::ZERO + length)),
            Mutation::PutIn => {
                let until = if self.has_end() && !self.ends_the_course() {
                    to + MOMENT
                } else {
                    before(to)
                };
                if at <= until { at } else { at + length }
            }
            Mutation::Stretched if at <= start => at,
            Mutation::Stretched => at + length / 2,
        }
    }
}

/// A time just before: the kernel reports what a timer does before or after what the timer
/// sends.
fn before(at: Time) -> Time {
    Time::ZERO + (at - (Time::ZERO + MOMENT / 2))
}

/// The last RTO and state of a path that the kernel reported until then.
pub(super) fn last_sample(
    recording: &Recording,
    course: &Course,
    address: IpAddr,
    until: Time,
) -> Option<(Duration, String)> {
    let earlier = recording
        .observations
        .iter()
        .take_while(|it| it.at <= until);
    earlier
        .filter_map(|it| match &it.event {
            Event::Path {
                endpoint,
                association,
                sample,
            } if *endpoint == course.observer
                && *association == course.ends.association
                && sample.address == address =>
            {
                Some((
                    Duration::from_millis(sample.rto_ms.into()),
                    sample.state.clone(),
                ))
            }
            _ => None,
        })
        .last()
}
