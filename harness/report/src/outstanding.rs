//! Detects TSNs that were sent before, and the links of their earlier transmissions.

use std::collections::VecDeque;

use wire::Tsn;

use crate::hosts::Link;
use crate::sent::Sent;

/// Number of TSNs in flight that are remembered with their links, of one flow and of all
/// flows together. The more flows there are, the fewer TSNs of each are remembered, but
/// at least 16.
const REMEMBERED: usize = 4096;
const OF_ALL: usize = 1 << 16;
const LEAST: usize = 16;

/// A TSN that was sent before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Again {
    /// The TSN.
    pub tsn: Tsn,
    /// Link of the transmission before, if that is remembered.
    pub before: Option<Link>,
}

/// The TSNs of one flow.
#[derive(Debug, Default)]
pub(crate) struct Outstanding {
    sent: Sent,
    /// Position and link of each TSN's last transmission, in the order of positions.
    links: VecDeque<(i64, Link)>,
}

impl Outstanding {
    /// Follows a transmission. A TSN counts as sent before if the same TSN was seen
    /// before. One that is seen after a greater TSN may only have been captured late.
    /// `flows` is the number of flows that are remembered beside this one.
    pub(crate) fn transmit(&mut self, tsn: Tsn, link: Link, flows: usize) -> Option<Again> {
        let (place, is_new) = self.sent.see(tsn, flows);
        let before = match self.links.binary_search_by_key(&place, |(place, _)| *place) {
            Ok(index) => Some(std::mem::replace(&mut self.links[index].1, link)),
            Err(index) => {
                self.remember(index, place, link, flows);
                None
            }
        };
        (!is_new).then_some(Again { tsn, before })
    }

    /// Remembers a link at this index. Where there is no more room, the lowest position
    /// is forgotten.
    fn remember(&mut self, index: usize, place: i64, link: Link, flows: usize) {
        let room = (OF_ALL / flows.max(1)).clamp(LEAST, REMEMBERED);
        let excess = (self.links.len() + 1).saturating_sub(room);
        if excess > index {
            // The new entry itself has the lowest position.
            return;
        }
        self.links.drain(..excess);
        self.links.insert(index - excess, (place, link));
    }

    /// Follows a cumulative TSN ack.
    pub(crate) fn acknowledge(&mut self, cumulative: Tsn) {
        let Some(place) = self.sent.place(cumulative) else {
            return;
        };
        while self.links.front().is_some_and(|(it, _)| *it <= place) {
            self.links.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATH_A: Link = Link(0);
    const PATH_B: Link = Link(1);

    #[test]
    fn what_was_sent_before_is_known_with_its_link() {
        let mut outstanding = Outstanding::default();
        assert_eq!(outstanding.transmit(Tsn(u32::MAX), PATH_A, 1), None);
        assert_eq!(outstanding.transmit(Tsn(0), PATH_A, 1), None);
        assert_eq!(
            outstanding.transmit(Tsn(u32::MAX), PATH_B, 1),
            Some(Again {
                tsn: Tsn(u32::MAX),
                before: Some(PATH_A)
            })
        );
        outstanding.acknowledge(Tsn(u32::MAX));
        let before = |it: Option<Again>| it.unwrap().before;
        assert_eq!(before(outstanding.transmit(Tsn(u32::MAX), PATH_B, 1)), None);
        assert_eq!(
            before(outstanding.transmit(Tsn(0), PATH_B, 1)),
            Some(PATH_A),
            "what is not acknowledged yet is remembered"
        );
    }
}
