//! The gaps between the transmissions of a failed path's timers, in the capture.
//!
//! The oracle is not used here: a test that took the gaps from the oracle would prove
//! nothing.

use std::net::IpAddr;
use std::time::Duration;

use recording::{Event, Observation, Outcome, Recording, Time};
use scenario::{Action, BoundKind, Scenario, Within};

use super::ends::Ends;
use super::uses::{Use, rtos, uses};
use crate::generator::JUDGED;

/// The greatest time between two packets or events that count as simultaneous.
pub(super) const MOMENT: Duration = Duration::from_millis(1);

/// A path, or all paths of an association, from the fault to the event that the bound is
/// of.
#[derive(Clone, Debug)]
pub(super) struct Course {
    pub(super) bound: BoundKind,
    pub(super) observer: String,
    pub(super) ends: Ends,
    /// When the event was noticed.
    pub(super) end: Time,
    pub(super) gaps: Vec<Gap>,
    /// When the paths counted as used.
    pub(super) uses: Vec<Use>,
    /// Whether an answer of the peer ended the course, and no limit of retransmissions. Such
    /// a course is as right with one transmission more or less.
    pub(super) is_answered: bool,
}

/// The time between two transmissions in a row by one timer of one path, or from the last
/// transmission until the event that the bound is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Gap {
    pub(super) from: Time,
    pub(super) to: Time,
    pub(super) address: IpAddr,
    pub(super) by: Timer,
    /// Whether the gap ends with the event, and not with a transmission.
    pub(super) is_last: bool,
}

impl Gap {
    pub(super) fn length(&self) -> Duration {
        self.to - self.from
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Timer {
    Heartbeat,
    /// T3-rtx, T1-init, T1-cookie, T2-shutdown.
    Retransmission,
    /// More than one timer may have caused the transmission. A retransmission that the
    /// congestion window held back goes out with whatever else makes the kernel send: a
    /// HEARTBEAT, a packet that came in, or a message of the application. A gap that begins
    /// or ends with such a transmission is no timer's.
    Unclear,
}

/// A transmission of the observer that a timer caused.
pub(super) struct Sent {
    pub(super) at: Time,
    pub(super) address: IpAddr,
    pub(super) by: Timer,
}

impl Course {
    /// The course whose end an expectation with a bound saw.
    pub(super) fn of(scenario: &Scenario, recording: &Recording, judged: &str) -> Option<Self> {
        let expect = scenario.steps.iter().find_map(|step| match &step.action {
            Action::Expect(expect) if step.name.as_str() == judged => Some(expect),
            _ => None,
        })?;
        let Within::Bound(bound) = expect.within else {
            return None;
        };
        let since = began(recording, expect.since.as_ref()?.as_str())?;
        let end = seen(recording, judged)?.at;
        let ends = Ends::of(scenario, recording, expect, seen(recording, judged)?)?;
        let said = ends.said(recording);
        let released = ends.released(&said, recording);
        let (mut sent, signs) = ends.timer_driven(&said, &released, end);
        let mut gaps = match bound {
            // The gap before the HEARTBEAT that is answered begins before the healing,
            // and after the failure.
            BoundKind::Heartbeat => {
                let failed = seen(recording, JUDGED)?.at;
                let of_the_failure =
                    |gap: &Gap| gap.from >= failed && gap.to > since && !gap.is_last;
                gaps(&sent, end)
                    .into_iter()
                    .filter(of_the_failure)
                    .collect()
            }
            _ => {
                // A sign of life of the address begins the course anew.
                sent.retain(|it| {
                    let last = signs
                        .iter()
                        .filter(|(address, at)| *address == it.address && *at + MOMENT < end);
                    it.at >= since && last.map(|(_, at)| *at).all(|sign| it.at > sign)
                });
                gaps(&sent, end)
            }
        };
        if bound == BoundKind::Shutdown && is_guarded(recording, &sent, end, expect.at.as_str()) {
            gaps.clear();
        }
        let is_answered = bound != BoundKind::Heartbeat && ends.is_answered(&said, since, end);
        let rtos = rtos(recording, &ends.association, expect.at.as_str());
        Some(Self {
            is_answered,
            uses: uses(&said, &released, &rtos, end),
            bound,
            observer: expect.at.as_str().to_owned(),
            ends,
            end,
            gaps,
        })
    }
}

impl Course {
    /// Whether the association was given up at the end of a gap. At the limit of errors, the
    /// timer that runs out next ends the association, even a timer of another path. So a
    /// transmission at that moment counts no further error, and a course without it has as
    /// many errors.
    pub(super) fn is_ended_with(&self, gap: &Gap) -> bool {
        matches!(self.bound, BoundKind::Association | BoundKind::Shutdown)
            && gap.to + MOMENT >= self.end
    }
}

fn began(recording: &Recording, name: &str) -> Option<Time> {
    let observations = recording.observations.iter();
    observations.rev().find_map(|it| match &it.event {
        Event::StepStarted { step, .. } if step == name => Some(it.at),
        _ => None,
    })
}

fn seen<'r>(recording: &'r Recording, name: &str) -> Option<&'r Observation> {
    let index = recording
        .observations
        .iter()
        .find_map(|it| match &it.event {
            Event::StepEnded {
                step,
                outcome: Outcome::Seen { observation },
            } if step == name => Some(*observation),
            _ => None,
        })?;
    recording.observations.get(index)
}

/// Whether a shutdown took so long that its guard ended it, whatever was sent meanwhile:
/// 5 × RTO.Max (RFC 9260 section 9.2).
fn is_guarded(recording: &Recording, sent: &[Sent], end: Time, observer: &str) -> bool {
    let timers = recording
        .observations
        .iter()
        .filter_map(|it| match &it.event {
            Event::Timers {
                endpoint, timers, ..
            } if endpoint == observer => Some(timers.rto_max),
            _ => None,
        });
    let guard = timers.max().map(|rto_max| rto_max * 5);
    let first = sent.first().map(|it| it.at);
    first.is_none_or(|first| guard.is_some_and(|guard| end - first >= guard))
}

/// The gaps between two transmissions of one path by one timer, with none by another timer
/// between them.
fn gaps(sent: &[Sent], end: Time) -> Vec<Gap> {
    let mut gaps = Vec::new();
    for (index, first) in sent.iter().enumerate() {
        let later = sent[index + 1..].iter();
        let next = later
            .clone()
            .find(|it| it.address == first.address && it.at > first.at + MOMENT);
        let gap = Gap {
            from: first.at,
            to: next.map_or(end, |it| it.at),
            address: first.address,
            by: first.by,
            is_last: next.is_none(),
        };
        let same_moment = |other: &Sent| other.at <= first.at + MOMENT;
        // Of several packets of one moment, the first begins the gap.
        let before = sent[..index].iter().rev();
        let is_first = before
            .take_while(|it| it.at + MOMENT >= first.at)
            .all(|it| it.address != first.address);
        let alone = later
            .take_while(|it| same_moment(it))
            .all(|it| it.address != first.address || it.by == first.by);
        let is_clear = first.by != Timer::Unclear;
        if is_first && alone && is_clear && next.is_none_or(|it| it.by == first.by) {
            gaps.push(gap);
        }
    }
    gaps
}
