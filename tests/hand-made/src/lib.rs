//! Recordings that tests build by hand: a client and a server with two cables, `path-a`
//! and `path-b`, and what was seen of them, in any order of time.
//!
//! This crate knows no protocol: a test gives each packet and each observation itself.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use std::net::IpAddr;

use recording::{
    Direction, Ended, Engine, Event, FORMAT, Info, Interface, Observation, Packet, Recording, Time,
};
use wire::frame::Envelope;
use wire::{Chunk, VerificationTag};

/// One of the two ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// `client`: host 1 of each network.
    Client,
    /// `server`: host 2.
    Server,
}

impl Side {
    /// The other side.
    #[must_use]
    pub fn other(self) -> Side {
        match self {
            Side::Client => Side::Server,
            Side::Server => Side::Client,
        }
    }

    /// The side's address on a path: 1 is `path-a`, 2 is `path-b`.
    #[must_use]
    pub fn address(self, path: u8) -> IpAddr {
        let host = match self {
            Side::Client => 1,
            Side::Server => 2,
        };
        [10, 0, path, host].into()
    }

    /// The side's interface on a path, as an index into the interfaces of the recording.
    #[must_use]
    pub fn interface(self, path: u8) -> usize {
        let end = usize::from(self == Side::Server);
        2 * usize::from(path.saturating_sub(1)) + end
    }
}

/// The time so many milliseconds after the run's start.
#[must_use]
pub fn ms(milliseconds: u64) -> Time {
    Time::from_nanos(milliseconds * 1_000_000)
}

/// The frame of a packet that a side sends on a path. `ports` has the sender's first.
///
/// # Panics
///
/// If the packet is too long for a frame.
#[must_use]
pub fn frame(path: u8, from: Side, ports: [u16; 2], tag: u32, chunks: Vec<Chunk>) -> Vec<u8> {
    let packet = wire::Packet::new(ports[0], ports[1], VerificationTag(tag), chunks);
    let envelope = Envelope::new(from.address(path), from.other().address(path));
    envelope.encode(&packet).unwrap()
}

/// A recording with nothing in it: complete, of an emulated machine.
#[must_use]
pub fn empty() -> Recording {
    let interface = |node: &str, link: &str| Interface {
        node: node.into(),
        link: link.into(),
    };
    Recording {
        info: Info {
            format: FORMAT,
            scenario: "hand-made".into(),
            sabotage: None,
            engine: Engine::Vm,
            kernel: "Linux".into(),
            seed: None,
            exact: None,
            uptime: None,
            late: None,
            complaint: None,
            ended: Ended::Complete,
            duration: Time::ZERO,
        },
        scenario: String::new(),
        interfaces: vec![
            interface("client", "path-a"),
            interface("server", "path-a"),
            interface("client", "path-b"),
            interface("server", "path-b"),
        ],
        packets: Vec::new(),
        observations: Vec::new(),
    }
}

/// A recording that grows, in any order of time. The run is as long as what was seen of it.
pub trait ByHand {
    /// A frame passes an interface.
    fn packet(
        &mut self,
        at: Time,
        interface: usize,
        direction: Direction,
        frame: Vec<u8>,
        fault: Option<&str>,
    );

    /// Adds an event. Events of the same moment keep the order in which they were added.
    fn event(&mut self, at: Time, event: Event);
}

impl ByHand for Recording {
    fn packet(
        &mut self,
        at: Time,
        interface: usize,
        direction: Direction,
        frame: Vec<u8>,
        fault: Option<&str>,
    ) {
        self.info.duration = self.info.duration.max(at);
        let place = self.packets.partition_point(|it| it.at <= at);
        let packet = Packet {
            at,
            interface,
            direction,
            frame: frame.into(),
            fault: fault.map(str::to_owned),
        };
        self.packets.insert(place, packet);
    }

    fn event(&mut self, at: Time, event: Event) {
        self.info.duration = self.info.duration.max(at);
        let place = self.observations.partition_point(|it| it.at <= at);
        self.observations.insert(place, Observation { at, event });
    }
}
