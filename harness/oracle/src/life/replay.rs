//! Follows the packets at one end of an association, in order.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::Duration;

use bounds::{Span, Stack, Timing};
use recording::{Direction, Time};
use wire::chunk::Sack;
use wire::{Chunk, Tsn};

use super::addresses::added;
use super::outstanding::Outstanding;
use super::path::{Path, State};
use super::request::Request;
use super::restart::is_restart;
use super::samples::Samples;
use super::signs::{Asked, demands, heartbeats, is_mtu_probe, sends, skipped};
use super::{Armed, AtTheEnd, Life, Of};
use crate::slack::Slack;
use crate::timeline::{SctpPacket, Timeline};

/// The longest time from a packet to the packet that answers it.
pub(super) const AT_ONCE: Duration = Duration::from_millis(5);

/// The longest time between the stamps of two events of one moment.
pub(crate) const MOMENT: Duration = Duration::from_micros(500);

pub(super) fn replay(of: &Of<'_>, timeline: &Timeline<'_>, stack: &Stack, until: Time) -> Life {
    let samples = Samples::of(of, timeline);
    let mut addresses: Vec<IpAddr> = samples.addresses().collect();
    addresses.sort_unstable();
    addresses.dedup();
    let added = added(of, timeline);
    // An address that the peer adds later is no path at the beginning.
    addresses.retain(|address| {
        let first = samples.next(*address, Time::ZERO);
        let mut added = added.iter().filter(|(it, _)| it == address);
        added.all(|(_, at)| first.is_none_or(|(first, _)| first < *at))
    });
    let paths = addresses.into_iter().map(|address| {
        let state = samples.before(address, Time::ZERO);
        let state = state.map_or(State::Active, |sample| State::of(&sample.state));
        (address, Path::new(state))
    });
    let mut replay = Replay {
        of,
        timeline,
        stack,
        paths: paths.collect(),
        samples,
        demands: demands(of, timeline),
        sends: sends(of, timeline),
        handed_over: None,
        heartbeats: heartbeats(of, timeline),
        handling: Slack::of(&timeline.recording.info).handling,
        asked: Asked::default(),
        outstanding: Outstanding::new(skipped(of, timeline)),
        retransmits_to: None,
        both_ran_out: None,
        highest: None,
        t2: None,
        asconf: None,
        re_config: None,
        was_established: false,
        is_restart: is_restart(of, timeline),
        closing: false,
        peer_is_closing: false,
        over: None,
        heard: None,
        sacked: None,
        window: None,
        overall: 0,
        life: Life::default(),
    };
    for packet in timeline.packets_of(of.node, of.association) {
        // Packets that leave by several interfaces at one moment may be out of order.
        if packet.captured.at > until + MOMENT {
            break;
        }
        let is_late = packet.captured.at > until;
        if is_late && packet.captured.direction == Direction::In {
            continue;
        }
        replay.packet(packet);
    }
    replay.end(until)
}

/// The state of one end of an association while its packets are followed, and the history
/// so far.
pub(super) struct Replay<'a, 't> {
    pub(super) of: &'a Of<'a>,
    pub(super) timeline: &'a Timeline<'t>,
    pub(super) stack: &'a Stack,
    pub(super) samples: Samples<'t>,
    pub(super) paths: BTreeMap<IpAddr, Path>,
    /// The times at which the scenario asked for a HEARTBEAT out of turn, or set
    /// HEARTBEAT timers anew.
    pub(super) demands: Vec<Time>,
    /// The times at which the application handed messages over, the latest first.
    pub(super) sends: Vec<Time>,
    /// The time of the last message that the application has handed over until now.
    pub(super) handed_over: Option<Time>,
    /// The times at which HEARTBEATs were sent.
    pub(super) heartbeats: Vec<Time>,
    pub(super) handling: Span,
    pub(super) asked: Asked,
    pub(super) outstanding: Outstanding,
    /// The path that retransmissions go to, as far as the last retransmission shows.
    pub(super) retransmits_to: Option<IpAddr>,
    /// The last time at which T3-rtx of two paths, or T3-rtx and a HEARTBEAT timer, ran out at
    /// one moment.
    pub(super) both_ran_out: Option<Time>,
    /// The highest TSN that was sent.
    pub(super) highest: Option<Tsn>,
    /// T2-shutdown, for the path of the last SHUTDOWN or SHUTDOWN ACK.
    pub(super) t2: Option<Vec<(IpAddr, Armed)>>,
    /// The ASCONF that has not been answered.
    pub(super) asconf: Option<Request>,
    /// The RE-CONFIG that has not been answered.
    pub(super) re_config: Option<Request>,
    /// Whether a COOKIE ACK was sent or received.
    pub(super) was_established: bool,
    /// Whether the association is a restart: it took the place of one that was there.
    pub(super) is_restart: bool,
    /// Whether a SHUTDOWN or SHUTDOWN ACK was sent, after which HEARTBEATs end.
    pub(super) closing: bool,
    /// Whether a SHUTDOWN was received: the peer sends no more DATA.
    pub(super) peer_is_closing: bool,
    /// The time of the ABORT or SHUTDOWN COMPLETE that ended the association.
    pub(super) over: Option<Time>,
    /// The time of the last packet that was received.
    pub(super) heard: Option<Time>,
    /// The time of the last SACK that was not an old one.
    pub(super) sacked: Option<Time>,
    /// The receiver's window in the last SACK.
    pub(super) window: Option<u32>,
    /// The error count of the association.
    pub(super) overall: u32,
    pub(super) life: Life,
}

impl Replay<'_, '_> {
    fn packet(&mut self, packet: &SctpPacket<'_>) {
        let at = packet.captured.at;
        let is_out = packet.captured.direction == Direction::Out;
        if self.over.is_some_and(|over| !is_out || at > over + MOMENT) {
            return;
        }
        self.hand_over(at);
        self.run_out_silently(at);
        self.believe_counts(at);
        match packet.captured.direction {
            Direction::In => {
                for chunk in &packet.sctp.chunks {
                    self.received(chunk, packet.source, at);
                }
                self.heard = Some(at);
            }
            Direction::Out => self.sent(packet, at),
        }
    }

    fn received(&mut self, chunk: &Chunk, from: IpAddr, at: Time) {
        match chunk {
            Chunk::Sack(sack) => self.sack(sack, from, at),
            Chunk::NrSack(it) => self.sack(&it.as_sack(), from, at),
            Chunk::Shutdown(shutdown) => {
                self.peer_is_closing = true;
                let sack = Sack {
                    cumulative_tsn_ack: shutdown.cumulative_tsn_ack,
                    a_rwnd: self.window.unwrap_or(u32::MAX),
                    gap_ack_blocks: Vec::new(),
                    duplicate_tsns: Vec::new(),
                };
                self.sack(&sack, from, at);
            }
            Chunk::HeartbeatAck(ack) => {
                if let Some((path, asked)) = self.asked.answered(ack) {
                    self.heartbeat_ack(path, asked, at);
                }
            }
            // An association that is closed while it is set up is gone without a word
            // (net/sctp/sm_statefuns.c, `sctp_sf_cookie_echoed_prm_shutdown`).
            Chunk::CookieAck(_) if self.samples.has_never_been_up(at) => {
                self.life.was_never_up = true;
                self.over = Some(at);
            }
            Chunk::CookieAck(_) => self.established(at),
            Chunk::AsconfAck(ack) => self.asconf_ack(ack, at),
            Chunk::ReConfig(chunk) => self.re_config_received(chunk, at),
            // The peer does not know ASCONF, or adds or deletes a path, or restarts the
            // association. The record does not show what becomes of the requests' timers.
            Chunk::Error(_) | Chunk::Asconf(_) | Chunk::CookieEcho(_) => {
                if let Chunk::Asconf(asconf) = chunk {
                    self.asconf_received(asconf, at);
                }
                self.asconf = None;
                self.re_config = None;
            }
            Chunk::Abort(_) | Chunk::ShutdownComplete(_) => self.over = Some(at),
            _ => {}
        }
    }

    fn sent(&mut self, packet: &SctpPacket<'_>, at: Time) {
        let to = packet.destination;
        let chunks = &packet.sctp.chunks;
        let has_cookie = chunks.iter().any(|it| matches!(it, Chunk::CookieEcho(_)));
        let has_sack = chunks.iter().any(|it| matches!(it, Chunk::Sack(_)));
        if is_mtu_probe(chunks) {
            return;
        }
        for chunk in chunks {
            match chunk {
                Chunk::Heartbeat(heartbeat) => {
                    self.asked.send(&heartbeat.info, to, at);
                    self.heartbeat(to, at);
                }
                Chunk::Data(data) => {
                    self.data(data.tsn, data.payload.len(), to, has_cookie, at);
                }
                Chunk::IData(data) => {
                    self.data(data.tsn, data.payload.len(), to, has_cookie, at);
                }
                Chunk::ForwardTsn(forward) => self.forward(forward.new_cumulative_tsn, to, at),
                Chunk::IForwardTsn(forward) => self.forward(forward.new_cumulative_tsn, to, at),
                Chunk::CookieAck(_) => self.established(at),
                Chunk::Asconf(asconf) => self.asconf(asconf, to, at),
                Chunk::ReConfig(chunk) => self.re_config(chunk, to, at),
                Chunk::Shutdown(_) => self.shutdown(to, has_sack, at),
                Chunk::ShutdownAck(_) => self.shutdown_or_ack(to, at),
                Chunk::Abort(_) | Chunk::ShutdownComplete(_) => {
                    self.over.get_or_insert(at);
                }
                _ => {}
            }
        }
    }

    /// Follows a COOKIE ACK: the HEARTBEAT timers of all paths start. Where a COOKIE ACK
    /// is sent again, because the first was lost or the peer has restarted, the record
    /// does not show what becomes of the timers.
    fn established(&mut self, at: Time) {
        if self.was_established {
            for path in self.paths.values_mut() {
                path.heartbeat = None;
            }
            return;
        }
        self.was_established = true;
        let addresses: Vec<IpAddr> = self.paths.keys().copied().collect();
        for address in addresses {
            let state = self.samples.after(address, at);
            if let (Some(state), Some(path)) = (state, self.paths.get_mut(&address)) {
                path.state = State::of(&state.state);
            }
            // A restart leaves the HEARTBEAT timers of the association that was there as they are
            // (Linux net/sctp/sm_statefuns.c, `sctp_sf_do_dupcook_a`). When those were set is not
            // known here.
            if !self.is_restart {
                self.set_heartbeat(address, at, self.rto_after(address, at));
            }
        }
    }

    fn end(mut self, until: Time) -> Life {
        let now = self.over.map_or(until, |over| over.min(until));
        self.hand_over(now);
        self.run_out_silently(now);
        let addresses: Vec<IpAddr> = self.paths.keys().copied().collect();
        for address in addresses {
            self.check_overdue(address, now);
            self.check_heartbeat(address, now);
        }
        self.check_requests(now);
        let paths = self.paths.iter();
        let paths = paths
            .map(|(address, path)| {
                let heartbeat = path.heartbeat.map(|timer| {
                    let timer = self.as_postponed(*address, timer, now);
                    self.as_touched(*address, timer, now)
                });
                let end = AtTheEnd {
                    errors: path.errors,
                    t3: path.t3,
                    heartbeat,
                    heartbeats: self.timing(*address, now).heartbeats,
                    state: path.state.name().to_owned(),
                    silent: path.silent,
                    perhaps: path.perhaps,
                    is_held_back: self.outstanding.is_in_flight_elsewhere(*address),
                    acknowledged: path.acknowledged,
                };
                (*address, end)
            })
            .collect();
        self.life.paths = paths;
        self.life.errors = self.overall;
        let timers = self.t2.take().into_iter().flatten();
        self.life.t2 = timers.map(|(_, timer)| timer).collect();
        self.life.has_outstanding = !self.outstanding.is_empty();
        self.life
    }

    pub(super) fn rto_before(&self, path: IpAddr, at: Time) -> Span {
        let sample = self.samples.before(path, at);
        sample.map_or(Span::ZERO, |it| Span::from_millis(it.rto_ms.into()))
    }

    pub(super) fn rto_after(&self, path: IpAddr, at: Time) -> Span {
        let sample = self.samples.after(path, at);
        sample.map_or(Span::ZERO, |it| Span::from_millis(it.rto_ms.into()))
    }

    pub(super) fn timing(&self, path: IpAddr, at: Time) -> Timing {
        let of = self.of;
        let reported = self
            .timeline
            .timers(of.endpoint, Some(of.association), Some(path), at);
        reported.unwrap_or(Timing::DEFAULT)
    }

    pub(super) fn interval(&self, path: IpAddr, at: Time) -> Span {
        self.timing(path, at).heartbeat_interval.into()
    }
}

pub(super) fn overdue(timer: &Armed, path: IpAddr) -> String {
    let Armed {
        timer: kind,
        at,
        rto,
        allowed,
    } = timer;
    format!(
        "{kind} of {path} was set at {at} with RTO {rto} s, which allows {allowed} s: nothing \
         shows that it ran out by {}",
        timer.latest()
    )
}
