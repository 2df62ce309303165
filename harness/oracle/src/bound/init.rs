//! Judges `init-bound`: a set-up without an answer is given up after Max.Init.Retransmits
//! retransmissions (RFC 9260 section 5.1).

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use bounds::{InitBackOff, Interval, SetUp, Span, Stack, Timing};
use recording::{AssociationEnd, AssociationName, Direction, Event, Time};
use scenario::Action;
use wire::Chunk;

use super::{Case, Judged, RIGHT};

/// The length of a timer tick for CONFIG_HZ of 100, 300, 250 and 1000.
const TICKS: [Span; 4] = [
    Span::from_millis(10),
    Span::from_nanos(3_333_333),
    Span::from_millis(4),
    Span::from_millis(1),
];

/// Judges a set-up that is not answered. T1 has to run out before each further INIT or
/// COOKIE ECHO, and once more after the last one.
pub(super) fn judge(case: &Case<'_, '_>) -> Result<Judged, String> {
    let endpoint = case.endpoint();
    // Where both ends call, the association that the peer has begun may be the later one.
    let begun = || {
        let all = case.candidates().into_iter().rev();
        let mut begun = all.filter(|it| !Tries::of(case, it, case.ended).tags.is_empty());
        begun.next().filter(|_| case.seen.is_none())
    };
    let found = begun().or_else(|| case.association());
    let association = found.ok_or_else(|| match case.is_of_a_program() {
        true => format!("the lab found no association that {endpoint} began"),
        false => format!("{endpoint} began no association"),
    })?;
    let until = case.until();
    let timing = timing(case, &association)
        .ok_or_else(|| format!("{endpoint} never reported its timers"))?;
    let tries = Tries::of(case, &association, until);
    if case.is_of_a_program() && tries.tags.len() > 1 {
        return Err(format!(
            "{endpoint} called again between the same ports, and what ended the first of these \
             associations is not on record"
        ));
    }
    if case.is_of_a_program() && case.seen.is_some() {
        if tries.refused.is_some() && !tries.is_aborted {
            return Err(
                "an ERROR of the peer came, after which INIT goes out without T1".to_owned(),
            );
        }
        let otherwise = case.gave_up_setting_up(&association, &tries.again)?;
        if let Some(otherwise) = otherwise {
            return Ok(Judged::failed(case.since, otherwise));
        }
    }
    if let Some(otherwise) = otherwise(case, &association, &tries) {
        return Ok(Judged::failed(case.since, otherwise));
    }
    if case.is_hidden(None) && case.seen.is_some() {
        return Ok(
            case.by_forecast(&[], &association, false, |stack, _, _, _| {
                let whole = |addresses| bounds::init(stack, SetUp::Init, addresses, &timing);
                let mut forecast = whole(1);
                // The record does not show how many addresses were tried.
                let many = whole(usize::from(u8::MAX)).interval.least;
                forecast.interval.least = forecast.interval.least.min(many);
                forecast
            }),
        );
    }
    let Some(first) = tries.sent.first() else {
        if has_come_up(case, &association) {
            // Both ends called, and the association is the one that the peer has begun.
            let words = format!("{RIGHT}: no INIT of this association is on record");
            return Ok(Judged::failed(case.since, words).because("the set-up succeeded"));
        }
        let judged = Judged::failed(case.since, "no INIT is on record".to_owned());
        return Ok(judged.because("no set-up was begun"));
    };
    let from = first.0;
    let handling = case.slack().handling;
    let ends = tries.sent.iter().skip(1).map(|(at, _)| *at);
    let ends: Vec<Time> = ends.chain(case.seen.map(|(_, at)| at)).collect();
    // A kernel rounds RTO.Initial up to a whole tick.
    let timers = TICKS
        .map(|tick| tries.timers(case.stack, &timing, tick))
        .into_iter()
        .max_by_key(|timers| {
            let fits = timers
                .iter()
                .zip(&tries.sent)
                .zip(&ends)
                .filter(|((timer, set), end)| {
                    let took = Span::from(**end - set.0);
                    let allowed = case.stack.expiry(**timer);
                    took + handling >= allowed.least && took <= allowed.most + handling
                });
            fits.count()
        })
        .unwrap_or_default();
    let (mut sum, mut parts) = (Interval::default(), Vec::new());
    let mut wrong = None;
    for ((timer, (set, _)), (end, number)) in
        timers.iter().zip(&tries.sent).zip(ends.iter().zip(1..))
    {
        let allowed = case.stack.expiry(*timer);
        let took = Span::from(*end - *set);
        let is_last = number == tries.sent.len();
        let handling = if is_last {
            case.slack().notice.into()
        } else {
            handling
        };
        if took + handling < allowed.least || took > allowed.most + handling {
            let words = format!(
                "T1 {number}, set at {set}, took {took} s; with {timer} s it allows {allowed} s"
            );
            wrong.get_or_insert(words);
        }
        sum = sum + allowed;
        parts.push(format!("{took} ({allowed})"));
    }
    let name = if tries.of_cookie {
        "T1-cookie"
    } else {
        "T1-init"
    };
    let limit = usize::from(timing.max_init_retransmits);
    let mut judged = Judged {
        clock: Some(format!("the first {} at {from}", tries.chunk())),
        between: case.seen.map(|_| case.slack().noticed(sum.least, sum.most)),
        ..Judged::new(
            case.seen.is_some(),
            from,
            format!(
                "{name} {}; by the rules: {}; {}",
                parts.join(" + "),
                case.stack.init_back_off,
                case.stack.init_cap
            ),
        )
    };
    if let Some(wrong) = wrong {
        judged.fail(wrong);
    } else if case.seen.is_some() && tries.sent.len() != limit + 1 && tries.refused.is_none() {
        judged.fail(format!(
            "it was given up after {} {} chunks; Max.Init.Retransmits is {limit}, which takes {}",
            tries.sent.len(),
            tries.chunk(),
            limit + 1
        ));
    } else if case.seen.is_none() {
        judged.words = format!(
            "{RIGHT}: {} of the {} {} chunks that it takes were sent: {}",
            tries.sent.len(),
            limit + 1,
            tries.chunk(),
            judged.words
        );
        if tries.is_up || has_come_up(case, &association) {
            judged.cause = Some("the set-up succeeded".to_owned());
        }
    }
    if case.is_of_a_program() && case.seen.is_some() && !judged.passed {
        return Err(format!(
            "by the limits that the socket of {endpoint} had when the lab looked: {}; the kernel \
             does not tell whether it called with other values: it may have set these later, or sent some with \
             the message that began the association (SCTP_INIT)",
            judged.words
        ));
    }
    Ok(judged)
}

/// How a set-up of a socket ended otherwise than by its kernel giving it up, in words.
fn otherwise(case: &Case<'_, '_>, association: &AssociationName, tries: &Tries) -> Option<String> {
    case.seen?;
    if let Some(words) = case.no_end() {
        return Some(words.to_owned());
    }
    if is_up(case, |end, _| end.association == *association) {
        return Some("the set-up had succeeded".to_owned());
    }
    if let Some(aborted) = case.aborted_by_itself(association) {
        return Some(format!("the set-up was not given up: {aborted}"));
    }
    // DATA that goes with COOKIE ECHO has T3-rtx, whose errors may end the association before
    // T1 does (net/sctp/sm_statefuns.c, `sctp_sf_do_6_3_3_rtx`).
    if let Some(state @ "SCTP_COMM_LOST") = case.seen_state() {
        return Some(format!("T1 did not end the set-up: {state} came"));
    }
    // After the last INIT an ERROR or ABORT came.
    let answer = tries.refused.filter(|_| tries.sent.is_empty());
    answer.map(|(chunk, at)| format!("the set-up was refused: an {chunk} of the peer came at {at}"))
}

/// Whether the association came up, or another of the endpoint while the expectation was
/// waited for: by COOKIE ACK, or by the COOKIE ECHO of a peer that called, too.
fn has_come_up(case: &Case<'_, '_>, association: &AssociationName) -> bool {
    is_up(case, |end, at| {
        end.association == *association || at >= case.since
    })
}

/// Whether such an association of the endpoint came up.
fn is_up(case: &Case<'_, '_>, is_it: impl Fn(&AssociationEnd, Time) -> bool) -> bool {
    let mut all = case.timeline.observations();
    all.any(|(_, it)| {
        let is_it = matches!(&it.event, Event::AssociationUp(end)
            if end.endpoint == case.endpoint() && is_it(end, it.at));
        is_it && it.at <= case.until()
    })
}

/// The timers of the association that is being set up: those in the message that begins
/// it, where it carries any (RFC 6458 section 5.3.1), else those of the socket.
fn timing(case: &Case<'_, '_>, association: &AssociationName) -> Option<Timing> {
    let reported = case
        .timeline
        .timers(case.endpoint(), Some(association), None, case.until())?;
    let mut begins = case.scenario.steps.iter().filter_map(|step| {
        let Action::Send(send) = &step.action else {
            return None;
        };
        let begun = case.timeline.start_of(&step.name)?;
        let is_it = send.from == case.expect.at && send.set_up.is_some() && begun <= case.until();
        is_it.then_some(send.attributes.init.as_ref()).flatten()
    });
    let Some(init) = begins.next_back() else {
        return Some(reported);
    };
    Some(Timing {
        max_init_retransmits: init
            .max_attempts
            .filter(|attempts| *attempts > 0)
            .unwrap_or(reported.max_init_retransmits),
        max_init_timeout: init
            .max_timeout
            .filter(|timeout| !timeout.is_zero())
            .unwrap_or(reported.max_init_timeout),
        ..reported
    })
}

/// The INIT chunks, or the COOKIE ECHO chunks, that were sent one after the other without
/// an answer.
#[derive(Default)]
struct Tries {
    sent: Vec<(Time, IpAddr)>,
    of_cookie: bool,
    /// The Initiate Tags of the INITs: one for each association.
    tags: BTreeSet<u32>,
    /// The times of all retransmissions. Unlike `sent`, they are not cleared when an ERROR or
    /// a COOKIE ECHO begins a new series.
    again: Vec<Time>,
    /// The last ERROR or ABORT that answered.
    refused: Option<(&'static str, Time)>,
    /// Whether an ABORT answered.
    is_aborted: bool,
    is_up: bool,
}

impl Tries {
    fn of(case: &Case<'_, '_>, association: &AssociationName, until: Time) -> Tries {
        let mut tries = Tries::default();
        for packet in case.timeline.packets_of(case.node(), association) {
            let at = packet.captured.at;
            if at > until {
                break;
            }
            let chunk = packet.sctp.chunks.first();
            match (packet.captured.direction, chunk) {
                (Direction::Out, Some(Chunk::Init(init))) => {
                    tries.tags.insert(init.initiate_tag.0);
                    tries.add(false, at, packet.destination);
                }
                (Direction::Out, Some(Chunk::CookieEcho(_))) => {
                    tries.add(true, at, packet.destination);
                }
                (Direction::In, Some(answer @ (Chunk::Error(_) | Chunk::Abort(_)))) => {
                    let is_abort = matches!(answer, Chunk::Abort(_));
                    let chunk = if is_abort { "ABORT" } else { "ERROR" };
                    tries.refused = Some((chunk, at));
                    tries.is_aborted |= is_abort;
                    tries.sent.clear();
                }
                (Direction::In, Some(Chunk::CookieAck(_))) => tries.is_up = true,
                _ => {}
            }
        }
        tries
    }

    fn add(&mut self, of_cookie: bool, at: Time, to: IpAddr) {
        if of_cookie != self.of_cookie {
            self.sent.clear();
            self.of_cookie = of_cookie;
        }
        if !self.sent.is_empty() {
            self.again.push(at);
        }
        self.sent.push((at, to));
    }

    fn chunk(&self) -> &'static str {
        if self.of_cookie {
            "COOKIE ECHO"
        } else {
            "INIT"
        }
    }

    /// The length of T1 after each transmission.
    fn timers(&self, stack: &Stack, timing: &Timing, tick: Span) -> Vec<Span> {
        let cap = stack.init_cap(timing);
        let in_rounds = stack.init_back_off.is == InitBackOff::EachRound;
        let initial = Span::from(timing.rto_initial).as_nanos();
        let mut timer = tick * initial.div_ceil(tick.as_nanos());
        let (mut rounds, mut tried) = (0_u32, BTreeMap::<IpAddr, u32>::new());
        let mut timers = Vec::new();
        for (number, (_, to)) in self.sent.iter().enumerate() {
            let is_first = number == 0;
            let times = tried.entry(*to).or_default();
            *times += 1;
            let all_tried = *times > rounds + 1;
            if !is_first && (all_tried || !in_rounds) {
                timer = (timer * 2).min(cap);
                rounds += 1;
            }
            timers.push(timer);
        }
        timers
    }
}
