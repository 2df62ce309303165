//! Recordings of wrong stacks, made from recordings of right stacks: the oracle must reject
//! them.

mod course;
mod edit;
mod ends;
mod uses;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use oracle::Result as Came;
use recording::{Engine, Event, Recording};
use scenario::{BoundKind, Scenario};

use crate::generator::{Dice, HEALED, JUDGED};
use course::{Course, Gap, MOMENT, Timer};
use edit::{Edit, last_sample};

pub(crate) use edit::Mutation;

/// The mutations that the oracle rejected or missed, by kind.
#[derive(Debug, Default)]
pub(crate) struct Found {
    by_kind: BTreeMap<(Mutation, &'static str), Count>,
    missed: Vec<String>,
}

#[derive(Debug, Default)]
struct Count {
    found: u64,
    missed: u64,
    /// Recordings without such a gap.
    without: u64,
}

/// The least share that the oracle must reject, in percent.
const LEAST: u64 = 99;

impl Found {
    /// Tries each mutation on one gap of each bound of a recording.
    pub(crate) fn try_all(&mut self, seed: u64, scenario: &Scenario, recording: &Recording) {
        let mut dice = Dice::new(seed);
        for judged in [JUDGED, HEALED] {
            let Some(course) = Course::of(scenario, recording, judged) else {
                continue;
            };
            for mutation in Mutation::ALL {
                let found = try_one(&mut dice, (scenario, recording, judged), &course, mutation);
                let key = (mutation, course.bound.word());
                let count = self.by_kind.entry(key).or_default();
                match found {
                    None => count.without += 1,
                    Some(Ok(())) => count.found += 1,
                    Some(Err(why)) => {
                        count.missed += 1;
                        self.missed
                            .push(format!("seed {seed}, {mutation} of {judged}: {why}"));
                    }
                }
            }
        }
    }

    pub(crate) fn words(&self) -> String {
        let mut words = String::new();
        for ((mutation, bound), count) in &self.by_kind {
            let Count {
                found,
                missed,
                without,
            } = count;
            words += &format!(
                "  {mutation}, {bound}: {found} of {} found out; {without} recordings without such a gap\n",
                found + missed
            );
        }
        words
    }

    pub(crate) fn judged(&self) -> Result<(), String> {
        for kind in Mutation::ALL {
            let of_kind = || self.by_kind.iter().filter(|((it, _), _)| *it == kind);
            let found: u64 = of_kind().map(|(_, count)| count.found).sum();
            let missed: u64 = of_kind().map(|(_, count)| count.missed).sum();
            if found == 0 || found * 100 < (found + missed) * LEAST {
                let missed = self.missed.join("\n");
                return Err(format!("{}{missed}", self.words()));
            }
        }
        Ok(())
    }
}

/// Tries one mutation. `None` if the course has no gap for it.
fn try_one(
    dice: &mut Dice,
    (scenario, recording, judged): (&Scenario, &Recording, &str),
    course: &Course,
    mutation: Mutation,
) -> Option<Result<(), String>> {
    let round_trip = round_trip(scenario);
    let usable: Vec<Gap> = course
        .gaps
        .iter()
        .copied()
        .filter(|gap| gap.length() > round_trip + 4 * MOMENT)
        .filter(|gap| match mutation {
            Mutation::Stretched => leaves_its_jitter(recording, course, gap),
            Mutation::TakenOut | Mutation::PutIn => {
                !course.is_answered && !course.is_ended_with(gap)
            }
        })
        .collect();
    if usable.is_empty() {
        return None;
    }
    let gap = usable[dice.index(usable.len())];
    let edit = Edit {
        recording,
        course,
        gap,
        round_trip,
    };
    let mutated = edit.make(mutation);
    let verdict = oracle::judge(scenario, &mutated);
    let judgement = verdict.judgements.iter().find(|it| it.name == judged)?;
    if judgement.result == Came::Failed {
        return Some(Ok(()));
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("timers");
    let kept = folder.join(format!("{}-{judged}-{mutation}", scenario.name));
    let kept = match mutated.write(&kept) {
        Ok(()) => kept.display().to_string(),
        Err(error) => format!("not kept: {error}"),
    };
    Some(Err(format!(
        "the gap of {} s from {} to {} ({:?}, {}) in {kept}: {:?}: {}",
        gap.length().as_secs_f64(),
        gap.from,
        gap.to,
        gap.by,
        gap.address,
        judgement.result,
        judgement.seen
    )))
}

fn round_trip(scenario: &Scenario) -> Duration {
    let shapes = scenario.links.iter().flat_map(|link| link.shape.iter());
    let delay = shapes.map(|shape| shape.delay).max();
    delay.unwrap_or_default() * 2 + MOMENT
}

/// Whether a gap that is stretched by half is longer than the timer's jitter allows.
///
/// A HEARTBEAT comes after HB.interval and the RTO ±50 % (RFC 9260 section 8.3), and on a
/// potentially failed path after the RTO ±50 %. On Linux at least 200 ms stand in place of
/// half the RTO (net/sctp/transport.c). An early HEARTBEAT that is stretched may still be
/// in time. So may a HEARTBEAT whose path was used meanwhile: it waits for HB.interval and
/// the RTO from then on (net/sctp/sm_sideeffect.c, `sctp_generate_heartbeat_event`), and
/// what was sent after the gap's start is moved with the rest. Timers may be late by an
/// eighth (kernel/time/timer.c), and a few milliseconds tell nothing.
fn leaves_its_jitter(recording: &Recording, course: &Course, gap: &Gap) -> bool {
    let sample = last_sample(recording, course, gap.address, gap.from + MOMENT);
    let sample = sample.filter(|_| course.bound != BoundKind::Init);
    let Some((rto, state)) = sample else {
        // T1 has no jitter, and a sample taken during the set-up does not show T1's length.
        let late = gap.length() / 8 + untold(recording.info.engine);
        return gap.by == Timer::Retransmission && gap.length() / 2 > late;
    };
    let interval = match state.as_str() {
        "SCTP_POTENTIALLY_FAILED" => Duration::ZERO,
        _ => longest_interval(recording, &course.observer),
    };
    let longest = match gap.by {
        Timer::Heartbeat => {
            let longest = interval + (rto / 2).max(Duration::from_millis(200)) + rto;
            let mut uses = course.uses.iter().rev();
            let used = uses.find(|it| {
                it.at > gap.from + MOMENT && it.at < gap.to && it.may_be_of(gap.address)
            });
            let used = used.map(|used| (used.at - gap.from) + gap.length() / 2);
            used.map_or(longest, |used| longest.max(used + interval + rto))
        }
        Timer::Retransmission | Timer::Unclear => rto,
    };
    gap.length() * 3 / 2 > longest + longest / 8 + untold(recording.info.engine)
}

/// A delay that proves nothing: on a machine in real time, packets are stamped and
/// notifications read that late.
fn untold(engine: Engine) -> Duration {
    match engine {
        Engine::Vm => Duration::from_millis(60),
        _ => Duration::from_millis(80),
    }
}

fn longest_interval(recording: &Recording, observer: &str) -> Duration {
    let timers = recording
        .observations
        .iter()
        .filter_map(|it| match &it.event {
            Event::Timers {
                endpoint, timers, ..
            } if endpoint == observer => Some(timers),
            _ => None,
        });
    timers
        .map(|it| it.heartbeat_interval)
        .max()
        .unwrap_or_default()
}
