//! Captures made by hand, packet by packet.

use std::net::IpAddr;

use bytes::Bytes;
use diagnose::{Change, Follower, Moment, News, Watch, findings};
use wire::chunk::{
    Abort, CookieAck, CookieEcho, Data, GapAckBlock, Heartbeat, HeartbeatAck, Init, InitAck, Sack,
    ShutdownAck, ShutdownComplete,
};
use wire::frame::{Envelope, Frame};
use wire::{Checksum, Chunk, Packet, Parameter, Ppid, Ssn, StreamId, Tsn, VerificationTag};

/// Milliseconds.
pub(crate) const MS: u64 = 1_000_000;
/// Seconds.
pub(crate) const S: u64 = 1000 * MS;

/// The two ends, as indices of ports, tags and addresses.
pub(crate) const CLIENT: usize = 0;
pub(crate) const SERVER: usize = 1;
const PORTS: [u16; 2] = [5001, 7000];
const TAGS: [u32; 2] = [0xc0ff_ee01, 0x5e12_3402];

/// A capture as it grows. Path N, from 1, goes from the client at 10.0.N.1 to the server at
/// 10.0.N.2.
pub(crate) struct Story {
    follower: Follower,
    pub(crate) at: u64,
    number: u64,
    pub(crate) ports: [u16; 2],
    pub(crate) checksum: Checksum,
    tags: [u32; 2],
}

impl Story {
    pub(crate) fn new() -> Self {
        Self {
            follower: Follower::default(),
            at: 1_700_000_000 * S,
            number: 0,
            ports: PORTS,
            checksum: Checksum::Good,
            tags: TAGS,
        }
    }

    /// A capture with an association that is up.
    pub(crate) fn up() -> Self {
        let mut story = Self::new();
        story.set_up();
        story
    }

    pub(crate) fn set_up(&mut self) {
        self.init();
        let ack = init_ack(self.tags[SERVER]);
        self.send(SERVER, 1, vec![ack.into()]);
        self.send(CLIENT, 1, vec![CookieEcho { cookie: "c".into() }.into()]);
        self.send(SERVER, 1, vec![CookieAck.into()]);
    }

    pub(crate) fn init(&mut self) {
        let init = init(self.tags[CLIENT]);
        self.send_tagged(CLIENT, 1, 0, vec![init.into()]);
    }

    /// The ends forget their association: the next one has other verification tags.
    pub(crate) fn forget(&mut self) {
        self.tags = [0xdead_0001, 0xdead_0002];
    }

    /// Time goes by.
    pub(crate) fn wait(&mut self, nanoseconds: u64) -> &mut Self {
        self.at += nanoseconds;
        self
    }

    /// Sends a packet from an end over a path. Each packet takes a millisecond.
    pub(crate) fn send(&mut self, side: usize, path: u8, chunks: Vec<Chunk>) {
        self.send_tagged(side, path, self.tags[1 - side], chunks);
    }

    pub(crate) fn send_tagged(&mut self, side: usize, path: u8, tag: u32, chunks: Vec<Chunk>) {
        let [one, other] = [[10, 0, path, 1], [10, 0, path, 2]].map(IpAddr::from);
        let addresses = match side {
            CLIENT => [one, other],
            _ => [other, one],
        };
        self.send_between(addresses, side, tag, chunks);
    }

    pub(crate) fn send_between(
        &mut self,
        [source, destination]: [IpAddr; 2],
        side: usize,
        tag: u32,
        chunks: Vec<Chunk>,
    ) {
        let (from, to) = (self.ports[side], self.ports[1 - side]);
        let mut packet = Packet::new(from, to, VerificationTag(tag), chunks);
        packet.checksum = self.checksum;
        let mut envelope = Envelope::new(source, destination);
        envelope.link = Some(Default::default());
        let bytes = envelope.encode(&packet).unwrap();
        self.capture(&bytes);
    }

    pub(crate) fn capture(&mut self, bytes: &[u8]) {
        self.number += 1;
        self.at += MS;
        let moment = Moment {
            at: self.at,
            number: self.number,
            file: 0,
        };
        let frame = Frame::decode(bytes).unwrap();
        self.follower.take_in(&frame, moment, false);
    }

    /// Sends new data from an end, and the other end's SACK.
    pub(crate) fn exchange(&mut self, side: usize, path: u8, tsn: u32) {
        self.send(side, path, vec![data(tsn, 100)]);
        self.send(1 - side, path, vec![sack(tsn)]);
    }

    /// Sends a HEARTBEAT from an end, answered or not.
    pub(crate) fn heartbeat(&mut self, side: usize, path: u8, is_answered: bool) {
        let info = Bytes::from(self.number.to_be_bytes().to_vec());
        self.send(side, path, vec![Heartbeat { info: info.clone() }.into()]);
        if is_answered {
            self.send(1 - side, path, vec![HeartbeatAck { info }.into()]);
        }
    }

    pub(crate) fn shut_down(&mut self) {
        let cumulative_tsn_ack = Tsn(1);
        self.send(
            CLIENT,
            1,
            vec![wire::chunk::Shutdown { cumulative_tsn_ack }.into()],
        );
        self.send(SERVER, 1, vec![ShutdownAck.into()]);
        let tag_reflected = false;
        self.send(CLIENT, 1, vec![ShutdownComplete { tag_reflected }.into()]);
    }

    pub(crate) fn abort(&mut self, side: usize) {
        let abort = Abort {
            tag_reflected: false,
            causes: vec![wire::Cause::UserInitiatedAbort("no more".into())],
        };
        self.send(side, 1, vec![abort.into()]);
    }

    /// What a watch reports now: the name of each finding, and how it changes.
    pub(crate) fn news(&self, watch: &mut Watch) -> Vec<(&'static str, Change)> {
        let news = watch.look(&self.follower);
        news.iter().map(|it| (it.kind.name, it.change)).collect()
    }

    /// What a watch reports when no packet comes any more: its lines.
    pub(crate) fn last_news(&self, watch: &mut Watch) -> Vec<String> {
        let news = watch.look_now(&self.follower);
        news.iter().map(News::line).collect()
    }

    /// The names of the findings of all associations, each once.
    pub(crate) fn found(mut self) -> Vec<&'static str> {
        self.follower.end();
        let (_, end) = self.follower.span.unwrap();
        let all = self.follower.associations.iter();
        let mut names: Vec<&'static str> = all
            .flat_map(|it| findings(it, end))
            .map(|(kind, found)| {
                assert!(!found.packets.is_empty(), "{} has no proof", kind.name);
                kind.name
            })
            .collect();
        names.dedup();
        names
    }

    /// The page about the associations.
    pub(crate) fn page(mut self) -> String {
        self.follower.end();
        diagnose::page(&self.follower)
    }
}

/// The addresses that an end lists in INIT or INIT ACK.
fn addresses(host: u8) -> impl Iterator<Item = Parameter> {
    (1..4).map(move |path| Parameter::Ipv4Address([10, 0, path, host].into()))
}

pub(crate) fn init(tag: u32) -> Init {
    Init {
        initiate_tag: VerificationTag(tag),
        a_rwnd: 65_536,
        outbound_streams: 10,
        inbound_streams: 10,
        initial_tsn: Tsn(1),
        parameters: addresses(1).collect(),
    }
}

pub(crate) fn init_ack(tag: u32) -> InitAck {
    InitAck {
        initiate_tag: VerificationTag(tag),
        a_rwnd: 65_536,
        outbound_streams: 10,
        inbound_streams: 10,
        initial_tsn: Tsn(1),
        parameters: addresses(2)
            .chain([Parameter::StateCookie("c".into())])
            .collect(),
    }
}

pub(crate) fn data(tsn: u32, size: usize) -> Chunk {
    data_of(tsn, Ppid(99), vec![0; size])
}

pub(crate) fn data_of(tsn: u32, ppid: Ppid, payload: Vec<u8>) -> Chunk {
    Data {
        immediate: false,
        unordered: false,
        beginning: true,
        ending: true,
        tsn: Tsn(tsn),
        stream: StreamId(0),
        ssn: Ssn(0),
        ppid,
        payload: payload.into(),
    }
    .into()
}

pub(crate) fn sack(cumulative: u32) -> Chunk {
    sack_with(cumulative, 65_536, &[], &[])
}

pub(crate) fn sack_with(cumulative: u32, room: u32, gaps: &[(u16, u16)], twice: &[u32]) -> Chunk {
    let gaps = gaps.iter().map(|(start, end)| GapAckBlock {
        start: *start,
        end: *end,
    });
    Sack {
        cumulative_tsn_ack: Tsn(cumulative),
        a_rwnd: room,
        gap_ack_blocks: gaps.collect(),
        duplicate_tsns: twice.iter().map(|it| Tsn(*it)).collect(),
    }
    .into()
}
