//! Hosts and links: a hub and the hosts around it, one to four paths to each.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use super::dice::Dice;

/// The network of a scenario. The `hub` has an association with each `spoke`.
#[derive(Clone, Debug)]
pub(crate) struct Network {
    /// Associations on the socket of the hub.
    pub(crate) spokes: usize,
    /// Whether all spokes are on one host, and share its links.
    pub(crate) one_host: bool,
    /// Links between the hub and each host.
    pub(crate) paths: usize,
    pub(crate) ipv6: bool,
    pub(crate) delay: Duration,
    /// Frames lost at random, in tenths of a percent.
    pub(crate) loss: u64,
}

impl Network {
    pub(crate) fn draw(dice: &mut Dice) -> Self {
        let spokes = dice.one_of(&[1, 1, 1, 2, 3, 4]);
        Self {
            spokes,
            one_host: spokes > 1 && dice.percent(35),
            paths: dice.one_of(&[1, 2, 2, 2, 3, 4]),
            ipv6: dice.percent(15),
            delay: dice.time(Duration::from_millis(1)..=Duration::from_millis(300)),
            loss: match dice.percent(30) {
                true => dice.number(1..=50),
                false => 0,
            },
        }
    }

    pub(crate) fn hosts(&self) -> usize {
        if self.one_host { 1 } else { self.spokes }
    }

    /// The host of a spoke. Both count from 0.
    pub(crate) fn host_of(&self, spoke: usize) -> usize {
        if self.one_host { 0 } else { spoke }
    }

    /// The address of the hub (`true`) or of the host at the end of a link.
    pub(crate) fn address(&self, host: usize, path: usize, hub: bool) -> IpAddr {
        self.end(host, path, if hub { 2 } else { 1 })
    }

    /// One more address of the hub, or of the first host, on a link.
    pub(crate) fn spare(&self, path: usize, hub: bool) -> IpAddr {
        self.end(0, path, if hub { 4 } else { 3 })
    }

    fn end(&self, host: usize, path: usize, end: u16) -> IpAddr {
        let (host, path) = (host as u16, path as u16);
        match self.ipv6 {
            true => Ipv6Addr::new(0xfd00, host, path, 0, 0, 0, 0, end).into(),
            false => Ipv4Addr::new(10, host as u8, path as u8, end as u8).into(),
        }
    }

    pub(crate) fn link(host: usize, path: usize) -> String {
        format!("path-{}-{}", host + 1, path + 1)
    }

    /// How many bits of an address are the network's.
    pub(crate) fn prefix(&self) -> u8 {
        if self.ipv6 { 64 } else { 24 }
    }

    pub(crate) fn yaml(&self) -> String {
        let prefix = self.prefix();
        let mut lines = String::new();
        for host in 0..self.hosts() {
            for path in 0..self.paths {
                let (there, here) = (
                    self.address(host, path, false),
                    self.address(host, path, true),
                );
                let loss = match self.loss {
                    0 => String::new(),
                    tenths => format!(", loss: {}.{}%", tenths / 10, tenths % 10),
                };
                lines += &format!(
                    "  {}: {{host-{}: \"{there}/{prefix}\", hub: \"{here}/{prefix}\", delay: {}ms{loss}}}\n",
                    Self::link(host, path),
                    host + 1,
                    self.delay.as_millis(),
                );
            }
        }
        lines
    }
}
