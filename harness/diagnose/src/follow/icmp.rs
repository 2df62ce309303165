//! Follows ICMP errors about packets of associations.

use wire::frame::Icmp;

use super::{FOLLOWED, Follower};
use crate::association::{Association, count_under};
use crate::evidence::Moment;

impl Follower {
    pub(super) fn take_in_icmp(&mut self, message: &Icmp<'_>, at: Moment) {
        let Some(quoted) = message.quoted() else {
            return;
        };
        let Some(&[a, b, c, d, e, f, g, h]) = quoted.sctp.first_chunk() else {
            return;
        };
        self.see(at);
        let ports = (u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]));
        let tag = u32::from_be_bytes([e, f, g, h]);
        let addresses = [quoted.source, quoted.destination];
        let known = self.known((tag, ports.0, ports.1), addresses);
        let number = known.map(|(number, _)| number).or_else(|| {
            let mut latest = self.associations.iter().enumerate().rev().take(FOLLOWED);
            latest
                .find(|(_, it)| {
                    let fits = |side: usize| {
                        (it.ends[side].port, it.ends[1 - side].port) == ports
                            && it.has(side, addresses[0])
                    };
                    fits(0) || fits(1)
                })
                .map(|(number, _)| number)
        });
        let number = match number {
            Some(number) => number,
            None if self.associations.len() < FOLLOWED => {
                let mut association = Association::new(at, [ports.0, ports.1]);
                association.path(addresses);
                self.associations.push(association);
                self.associations.len() - 1
            }
            None => return,
        };
        let words = format!("{message}, about a packet to {}", quoted.destination);
        count_under(&mut self.associations[number].icmp, words, at);
    }
}
