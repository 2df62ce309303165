//! Random scenarios: anyone's timers, networks, traffic and faults, and one of the five
//! bounds, which must hold.
//!
//! A scenario is text, so that one that fails can be kept, read, and run again by
//! `sctp-lab run`.

mod coverage;
mod dice;
mod fault;
mod network;
mod request;
mod story;
mod timers;

use scenario::BoundKind;

pub(crate) use coverage::covers;
pub(crate) use dice::Dice;

/// The name of the expectation with the bound.
pub(crate) const JUDGED: &str = "judged";
/// The name of the second expectation with a bound, of a path that heals.
pub(crate) const HEALED: &str = "healed";

/// A scenario that a seed gives.
#[derive(Clone, Debug)]
pub(crate) struct Drawn {
    pub(crate) seed: u64,
    pub(crate) bound: BoundKind,
    pub(crate) yaml: String,
}

/// The scenario of this seed.
pub(crate) fn draw(seed: u64) -> Drawn {
    let mut dice = Dice::new(seed);
    // Bounds take turns, so that a thousand scenarios have two hundred of each.
    let bound = BoundKind::ALL[(seed % BoundKind::ALL.len() as u64) as usize];
    // The requests have dice of their own, so that a seed without a request still gives the
    // scenario that it gave before there were requests.
    let mut others = Dice::new(!seed);
    let story = story::Story::draw(&mut dice, bound).with_requests(&mut others);
    Drawn {
        seed,
        bound,
        yaml: story.yaml(&mut dice, seed),
    }
}
