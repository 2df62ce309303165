//! How an association ended, as packets show it. Of a program no notification tells of the
//! end: packets do, and for a set-up the kernel's count of T1 expiries.

use std::cmp::Ordering;
use std::fmt;

use recording::{AssociationName, AssociationSample, Direction, Event, Time};
use wire::{Cause, Chunk};

use super::{Case, Judged};
use crate::life::MOMENT;
use crate::timeline::SctpPacket;

/// The first words of the cause in the ABORT by which Linux gives an association up
/// (`sctp_make_violation_max_retrans` of net/sctp/sm_make_chunk.c).
const GIVEN_UP: &[u8] = b"Association exceeded its max_retrans count";

/// How an association ended, by the first packet that ends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// The kernel gave the association up after too many errors.
    GivenUp,
    /// The kernel ended a shutdown that took too long: an ABORT without a cause
    /// (`sctp_sf_t5_timer_expire` of net/sctp/sm_statefuns.c).
    Guarded,
    /// The program or its kernel sent an ABORT for another reason.
    Aborted(Time),
    AbortedByPeer(Time),
    ShutDown(Time),
    /// No packet shows the end.
    Unshown,
}

impl fmt::Display for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::GivenUp => write!(f, "its kernel gave it up"),
            Self::Guarded => write!(f, "its kernel ended the shutdown"),
            Self::Aborted(at) => write!(f, "its own end sent an ABORT at {at}"),
            Self::AbortedByPeer(at) => write!(f, "an ABORT of the peer came at {at}"),
            Self::ShutDown(at) => write!(f, "it was shut down at {at}"),
            Self::Unshown => write!(f, "no packet shows how it ended"),
        }
    }
}

impl Case<'_, '_> {
    /// Whether the endpoint is a program. Of its associations the kernel alone tells.
    pub(super) fn is_of_a_program(&self) -> bool {
        let mut programs = self.scenario.programs.iter();
        programs.any(|it| it.name == self.expect.at)
    }

    /// How the association ended, as far as packets show it until that moment.
    pub(super) fn ending(&self, association: &AssociationName, at: Time) -> Ending {
        let packets = self.timeline.packets_of(self.node(), association);
        let mut packets = packets.take_while(|packet| packet.captured.at <= at + MOMENT);
        let ending = packets.find_map(|packet| {
            let captured = &packet.captured;
            let mut chunks = packet.sctp.chunks.iter();
            chunks.find_map(|chunk| ends(chunk, captured.direction, captured.at))
        });
        ending.unwrap_or(Ending::Unshown)
    }

    /// How the application of a socket ended the association, in words: by an ABORT, which no
    /// timer has to do with. What an interface that is down would send is not on record, so
    /// the call counts, too.
    pub(super) fn aborted_by_itself(&self, association: &AssociationName) -> Option<String> {
        let (_, at) = self.seen?;
        let called = |event: &Event| {
            matches!(event, Event::Call { endpoint, arguments, result: Ok(_), .. }
                if endpoint == self.endpoint() && arguments.contains("SCTP_ABORT"))
        };
        let notice = self.slack().notice;
        let mut calls = self.timeline.observations();
        let call = calls.find(|(_, it)| it.at <= at && at <= it.at + notice && called(&it.event));
        match (self.ending(association, at), call) {
            (otherwise @ Ending::Aborted(_), _) => Some(otherwise.to_string()),
            (Ending::Unshown, Some((_, call))) => Some(Ending::Aborted(call.at).to_string()),
            _ => None,
        }
    }

    /// Why what was seen is no end of the association by a timer or a shutdown, in words.
    pub(super) fn no_end_by_timers(&self, association: &AssociationName) -> Option<String> {
        let no_end = self.no_end().map(str::to_owned);
        no_end.or_else(|| self.aborted_by_itself(association))
    }

    /// Why the bound cannot be computed where no packet shows how the association ended.
    pub(super) fn unshown(&self) -> String {
        let at = self.endpoint();
        let why = match self.is_hidden(None) {
            true => format!(
                ": {} at its node, and what was sent there is not on record; `cut` the link in \
                 its place",
                self.hidden_by()
            ),
            false => "; write a time such as `10s`".to_owned(),
        };
        format!("no packet shows who ended the association of {at}{why}")
    }

    /// How a set-up ended otherwise than by the kernel giving it up, in words. `None` if the
    /// kernel gave it up. `again` has the times at which INIT or COOKIE ECHO was sent again.
    ///
    /// # Errors
    /// What is missing, where the recording does not tell.
    pub(super) fn gave_up_setting_up(
        &self,
        association: &AssociationName,
        again: &[Time],
    ) -> Result<Option<String>, String> {
        let endpoint = self.endpoint();
        let is_up = |event: &Event| {
            matches!(event, Event::AssociationUp(end)
                if end.endpoint == endpoint && end.association == *association)
        };
        let mut all = self.timeline.observations();
        if all.any(|(_, it)| is_up(&it.event)) {
            return Ok(Some("the set-up succeeded".to_owned()));
        }
        let ending = self.ending(association, self.until());
        if let Ending::AbortedByPeer(_) = ending {
            return Ok(Some(format!("the set-up was refused: {ending}")));
        }
        // What an interface that is down would send is not on record.
        if self.is_hidden(None) {
            return Err(self.unshown());
        }
        let found = self.found_at(association);
        if found.is_none_or(|found| again.iter().any(|at| *at <= found)) {
            return Err(format!(
                "the lab found the association of {endpoint} late: how often T1 had run out by \
                 then, nothing shows"
            ));
        }
        let expired = self.t1_expiries();
        let Some(expired) = expired.filter(|_| !self.is_set_up_beside(association)) else {
            return Err(format!(
                "nothing shows whether {endpoint} or its kernel ended the set-up: T1 is counted \
                 for the whole node, and other associations of the node were set up meanwhile; \
                 set them up before or after it"
            ));
        };
        let again = u64::try_from(again.len()).unwrap_or(u64::MAX);
        match expired.cmp(&again.saturating_add(1)) {
            Ordering::Equal => Ok(None),
            Ordering::Less => Ok(Some(format!(
                "its kernel did not give the set-up of {endpoint} up: after what was sent last, T1 \
                 did not run out"
            ))),
            Ordering::Greater => Err(format!(
                "T1 ran out {expired} times, and {again} retransmissions are on record"
            )),
        }
    }

    /// Whether the node sent an INIT or COOKIE ECHO of another association while this one was
    /// set up. The last moment does not count: a program may call again as soon as it learns
    /// that its call was in vain, and T1 of the new call cannot have run out by then.
    fn is_set_up_beside(&self, association: &AssociationName) -> bool {
        let begun = self.timeline.packets_of(self.node(), association).next();
        let Some(begun) = begun.map(|packet| packet.captured.at) else {
            return false;
        };
        let is_here = |packet: &SctpPacket<'_>| {
            let interfaces = &self.timeline.recording.interfaces;
            let interface = interfaces.get(packet.captured.interface);
            interface.is_some_and(|interface| interface.node == self.node())
        };
        self.timeline.packets.iter().any(|packet| {
            let captured = &packet.captured;
            captured.direction == Direction::Out
                && captured.at >= begun
                && captured.at + MOMENT < self.until()
                && matches!(
                    packet.sctp.chunks.first(),
                    Some(Chunk::Init(_) | Chunk::CookieEcho(_))
                )
                && is_here(packet)
                && self
                    .timeline
                    .associations
                    .flow_of(&packet.sctp)
                    .is_none_or(|flow| flow.association != association)
        })
    }

    fn t1_expiries(&self) -> Option<u64> {
        let (index, _) = self.seen?;
        match &self.timeline.recording.observations.get(index)?.event {
            Event::AssociationEnded { t1_expiries, .. } => *t1_expiries,
            _ => None,
        }
    }

    /// The time at which the lab found the association in the kernel, after its first INIT.
    pub(super) fn found_at(&self, association: &AssociationName) -> Option<Time> {
        let mut all = self.timeline.observations();
        all.find_map(|(_, it)| match &it.event {
            Event::AssociationBegun(end) => {
                let is_it = end.endpoint == self.endpoint() && end.association == *association;
                (is_it && end.found).then_some(it.at)
            }
            _ => None,
        })
    }

    /// Limits a judgement on the timers of a program to what can be known. Nothing shows when
    /// a program hands a message over. Each message makes the kernel try to retransmit, which
    /// starts T3-rtx even where the window lets nothing go (net/sctp/outqueue.c,
    /// `sctp_outq_flush_rtx`).
    ///
    /// # Errors
    /// The stack seems to be wrong, but messages waited, which may explain the timers.
    pub(super) fn as_of_a_program(&self, mut judged: Judged) -> Result<Judged, String> {
        if !judged.by_timers || !self.is_of_a_program() {
            return Ok(judged);
        }
        let endpoint = self.endpoint();
        let words = &judged.words;
        if self.association().is_some_and(|it| self.has_waited(&it)) {
            return Err(format!(
                "{words}; but messages of {endpoint} waited for others to be acknowledged, and \
                 nothing shows when it sent them, which may have started timers anew: have it \
                 send less"
            ));
        }
        judged.words = format!(
            "{words}; unless {endpoint} asked for a HEARTBEAT, or set timers anew, which no packet \
             shows"
        );
        Ok(judged)
    }

    /// Whether messages of the endpoint were queued while the expectation was waited for.
    fn has_waited(&self, association: &AssociationName) -> bool {
        let has_some = |sample: &AssociationSample| sample.queued != Some(0);
        let samples = || self.samples(association);
        let before = samples().take_while(|(at, _)| *at < self.since).last();
        let mut since = samples().filter(|(at, _)| (self.since..=self.until()).contains(at));
        before.is_some_and(|(_, it)| has_some(it)) || since.any(|(_, it)| has_some(it))
    }

    /// The samples of the association that the kernel reported at this endpoint.
    fn samples(
        &self,
        association: &AssociationName,
    ) -> impl Iterator<Item = (Time, &AssociationSample)> {
        let all = self.timeline.observations();
        all.filter_map(move |(_, it)| match &it.event {
            Event::Association {
                endpoint,
                association: of,
                sample,
            } if endpoint == self.endpoint() && of == association => Some((it.at, sample)),
            _ => None,
        })
    }

    /// Whether a shutdown of the association had begun, by the states that its kernel
    /// reported.
    pub(super) fn was_shutting_down(&self, association: &AssociationName) -> bool {
        let mut samples = self.samples(association);
        samples.any(|(at, sample)| at <= self.until() && sample.state.starts_with("SCTP_SHUTDOWN_"))
    }
}

fn ends(chunk: &Chunk, direction: Direction, at: Time) -> Option<Ending> {
    // A chunk with the T bit answers a packet that belongs to no association (RFC 9260
    // section 8.4): its sender had lost the association before.
    let of_none = match chunk {
        Chunk::Abort(abort) => abort.tag_reflected,
        Chunk::ShutdownComplete(complete) => complete.tag_reflected,
        _ => false,
    };
    match (direction, chunk) {
        (Direction::Out, _) if of_none => None,
        (Direction::In, Chunk::Abort(_)) => Some(Ending::AbortedByPeer(at)),
        (Direction::Out, Chunk::Abort(abort)) => Some(match abort.causes.as_slice() {
            [] => Ending::Guarded,
            causes if causes.iter().any(is_giving_up) => Ending::GivenUp,
            _ => Ending::Aborted(at),
        }),
        (_, Chunk::ShutdownComplete(_)) => Some(Ending::ShutDown(at)),
        _ => None,
    }
}

fn is_giving_up(cause: &Cause) -> bool {
    matches!(cause, Cause::ProtocolViolation(words) if words.starts_with(GIVEN_UP))
}
