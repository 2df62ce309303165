//! Reports the ports of a node's frames to a follower.

use std::collections::BTreeSet;
use std::mem;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use crate::seen::Way;

/// Reports what a node has sent and received to one follower.
#[derive(Debug, Default)]
pub struct Activity {
    seen: Mutex<Seen>,
    more: Notify,
}

/// The frames at a node's interfaces since the last report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// The ports of SCTP packets: the node's own, and its peer's.
    pub ports: BTreeSet<(u16, u16)>,
    /// Whether there were other frames: ICMP, a fragment, another protocol.
    pub other: bool,
}

impl Seen {
    /// Whether an association between these ports may have changed.
    #[must_use]
    pub fn concerns(&self, own: u16, peer: u16) -> bool {
        self.other || self.ports.contains(&(own, peer))
    }

    fn is_nothing(&self) -> bool {
        self.ports.is_empty() && !self.other
    }
}

impl Activity {
    /// Waits for frames, and reports those since the last call.
    pub async fn next(&self) -> Seen {
        loop {
            let seen = mem::take(&mut *self.seen());
            if !seen.is_nothing() {
                return seen;
            }
            self.more.notified().await;
        }
    }

    /// Notes a frame that passed the node's interface.
    pub(crate) fn note(&self, way: Way, frame: &[u8]) {
        {
            let mut seen = self.seen();
            match ports(frame) {
                Some((source, destination)) => {
                    seen.ports.insert(match way {
                        Way::Out => (source, destination),
                        Way::In => (destination, source),
                    });
                }
                None => seen.other = true,
            }
        }
        self.more.notify_one();
    }

    /// A panic elsewhere leaves the value consistent.
    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The ports of the SCTP packet in a frame: source and destination.
fn ports(frame: &[u8]) -> Option<(u16, u16)> {
    let frame = wire::Frame::decode(frame).ok()?;
    let [a, b, c, d] = *frame.sctp()?.first_chunk()?;
    Some((u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d])))
}

#[cfg(test)]
mod tests {
    use wire::chunk::CookieAck;
    use wire::frame::Envelope;
    use wire::{Packet, VerificationTag};

    use super::*;

    #[test]
    fn a_follower_is_told_of_the_nodes_own_port_first() {
        let packet = Packet::new(1, 2, VerificationTag(3), vec![CookieAck.into()]);
        let frame = Envelope::new([10, 0, 1, 1].into(), [10, 0, 1, 2].into())
            .encode(&packet)
            .unwrap();
        for (way, own, peer) in [(Way::Out, 1, 2), (Way::In, 2, 1)] {
            let activity = Activity::default();
            activity.note(way, &frame);
            let seen = activity.seen().clone();
            assert!(seen.concerns(own, peer));
            assert!(!seen.concerns(peer, own));
        }
    }

    #[test]
    fn what_is_no_sctp_may_concern_every_association() {
        let activity = Activity::default();
        activity.note(Way::In, &[0; 60]);
        assert!(activity.seen().concerns(7, 8));
    }
}
