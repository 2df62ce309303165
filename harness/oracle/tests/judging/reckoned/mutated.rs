//! Recordings of a correct stack with one retransmission too few, one too many, or one
//! too late.

use recording::Time;

use super::*;

impl Story {
    /// Removes the transmission at the end of this gap. Everything later comes earlier by
    /// the gap.
    fn taken_out(&self, from: u64, to: u64) -> Story {
        let gap = to - from;
        self.with(|at, is_sent| match at {
            _ if at == to && is_sent => vec![],
            _ if at >= to => vec![at - gap],
            _ => vec![at],
        })
    }

    /// Repeats the transmission at the end of this gap after another such gap.
    fn put_in(&self, from: u64, to: u64) -> Story {
        let gap = to - from;
        self.with(|at, is_sent| match at {
            _ if at == to && is_sent => vec![at, at + gap],
            _ if at >= to => vec![at + gap],
            _ => vec![at],
        })
    }

    /// Delays everything after the start of this gap by half the gap.
    fn stretched(&self, from: u64, to: u64) -> Story {
        let half = (to - from) / 2;
        self.with(|at, _| vec![if at > from { at + half } else { at }])
    }

    /// The same story with its packets, samples and other events at other times.
    fn with(&self, times: impl Fn(u64, bool) -> Vec<u64>) -> Story {
        let millis = |at: Time| at.as_nanos() / 1_000_000;
        let mut other = Story::new(self.steps, self.expect);
        for it in &self.made.packets {
            for at in times(millis(it.at), true) {
                let frame = it.frame.to_vec();
                other
                    .made
                    .packet(ms(at), it.interface, it.direction, frame, None);
            }
        }
        for it in &self.made.observations {
            let is_sample = matches!(it.event, Event::Path { .. });
            for at in times(millis(it.at), is_sample) {
                let mut event = it.event.clone();
                if let Event::StepEnded {
                    outcome: Outcome::Seen { observation },
                    ..
                } = &mut event
                {
                    // The event that was waited for stands immediately before.
                    *observation = other.made.observations.len() - 1;
                }
                other.event(at, event);
            }
        }
        other
    }

    /// Asserts that the story is right as it is, and wrong with one gap too few, one too
    /// many, or one too long.
    #[track_caller]
    fn is_wrong_when_mutated(&self, from: u64, to: u64) {
        // An unchanged copy is right, too.
        for right in [self, &self.with(|at, _| vec![at])] {
            let judgement = right.judged();
            assert_eq!(judgement.result, Result::Passed, "{judgement:#?}");
        }
        for (what, story) in [
            ("taken out", self.taken_out(from, to)),
            ("put in", self.put_in(from, to)),
            ("stretched", self.stretched(from, to)),
        ] {
            let judgement = story.judged();
            assert_eq!(judgement.result, Result::Failed, "{what}: {judgement:#?}");
        }
    }
}

#[test]
fn a_mutated_failover_is_wrong() {
    let mut story = failover::failover(1104, [1350, 1650, 2150]);
    story.seen(2150);
    story.is_wrong_when_mutated(1000, 1104);
    story.is_wrong_when_mutated(1650, 2150);
}

#[test]
fn mutated_requests_are_wrong() {
    let mut story = requests::requested([1104, 1312, 1724, 2136]);
    story.seen(2548);
    story.is_wrong_when_mutated(1104, 1312);
    story.is_wrong_when_mutated(1724, 2136);
}

#[test]
fn a_mutated_set_up_is_wrong() {
    let mut story = init::called(&[(1000, 1), (1204, 1), (1612, 1)]);
    story.seen(2116);
    story.is_wrong_when_mutated(1000, 1204);
    story.is_wrong_when_mutated(1204, 1612);
}

#[test]
fn a_mutated_shutdown_that_t2_ends_is_wrong() {
    let mut story = shutdown::closed(4, &shutdown::FOUR);
    story.seen(2020);
    story.is_wrong_when_mutated(1104, 1208);
    story.is_wrong_when_mutated(1412, 1616);
}

#[test]
fn a_mutated_shutdown_that_its_guard_ends_is_wrong() {
    let mut story = shutdown::closed(20, &shutdown::SEVEN);
    story.seen(3004);
    story.is_wrong_when_mutated(2424, 2828);
}
