//! Frames that rules hold back.

use std::collections::BTreeMap;

use super::RuleId;
use crate::layout::PortId;

/// Frames that rules hold back; `T` is the thing to be sent.
#[derive(Debug)]
pub(crate) struct Held<T> {
    /// Frames by the time of their departure; frames of one time in the order of their
    /// arrival.
    until: BTreeMap<(u64, u64), T>,
    behind: Vec<Behind<T>>,
    came: u64,
}

/// A frame that waits for others to pass.
#[derive(Debug)]
struct Behind<T> {
    rule: RuleId,
    to: PortId,
    /// Number of frames that have yet to pass.
    left: u32,
    frame: T,
}

impl<T> Default for Held<T> {
    fn default() -> Self {
        Self {
            until: BTreeMap::new(),
            behind: Vec::new(),
            came: 0,
        }
    }
}

impl<T> Held<T> {
    /// Holds a frame until `time`.
    pub(crate) fn until(&mut self, time: u64, frame: T) {
        self.came += 1;
        self.until.insert((time, self.came), frame);
    }

    /// Holds a frame of `rule` until `left` other frames have left `to` the same port.
    pub(crate) fn behind(&mut self, left: u32, to: PortId, rule: RuleId, frame: T) {
        self.behind.push(Behind {
            rule,
            to,
            left,
            frame,
        });
    }

    /// Time of the next departure, if a frame waits for a time.
    pub(crate) fn next(&self) -> Option<u64> {
        self.until.keys().next().map(|(time, _)| *time)
    }

    /// The next frame whose time has come.
    pub(crate) fn pop(&mut self, now: u64) -> Option<T> {
        let next = self.until.first_entry()?;
        let (time, _) = next.key();
        (*time <= now).then(|| next.remove())
    }

    /// Counts a frame that has left to this port. Returns the frames that no longer have
    /// to wait for others.
    pub(crate) fn passed(&mut self, port: PortId) -> Vec<T> {
        self.release(|it| {
            if it.to == port {
                it.left -= 1;
            }
            it.left == 0
        })
    }

    /// The frames of `rule` that wait for others to pass.
    pub(crate) fn of_rule(&mut self, rule: RuleId) -> Vec<T> {
        self.release(|it| it.rule == rule)
    }

    fn release(&mut self, goes: impl FnMut(&mut Behind<T>) -> bool) -> Vec<T> {
        let released = self.behind.extract_if(.., goes);
        released.map(|it| it.frame).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Held, PortId, RuleId};

    #[test]
    fn frames_leave_in_order_of_their_time_then_of_their_coming() {
        let mut held = Held::default();
        for (time, frame) in [(20, "b"), (10, "a"), (20, "c"), (30, "d")] {
            held.until(time, frame);
        }
        assert_eq!(held.next(), Some(10));
        assert_eq!(held.pop(9), None);
        let left: Vec<_> = std::iter::from_fn(|| held.pop(20)).collect();
        assert_eq!(left, ["a", "b", "c"]);
        assert_eq!(held.next(), Some(30));
    }

    #[test]
    fn a_frame_lets_as_many_pass_as_it_waits_for_on_its_own_way() {
        let mut held = Held::default();
        held.behind(2, PortId(0), RuleId(1), "a");
        held.behind(1, PortId(1), RuleId(2), "b");
        assert!(held.passed(PortId(0)).is_empty());
        assert_eq!(held.passed(PortId(1)), ["b"]);
        assert_eq!(held.passed(PortId(0)), ["a"]);
        assert!(held.passed(PortId(0)).is_empty());
    }

    #[test]
    fn a_rule_gives_back_what_it_holds() {
        let mut held = Held::default();
        held.behind(2, PortId(0), RuleId(1), "a");
        held.behind(2, PortId(0), RuleId(2), "b");
        assert_eq!(held.of_rule(RuleId(1)), ["a"]);
        assert!(held.passed(PortId(0)).is_empty());
        assert_eq!(held.passed(PortId(0)), ["b"]);
    }
}
