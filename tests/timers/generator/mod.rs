//! Random scenarios: anyone's timers, networks, traffic and faults, and one of
//! the five bounds to be held.
//!
//! A scenario is made as text, so that one that fails can be kept, read, and run
//! again by `sctp-lab run`.

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

/// The name of the expectations that the bounds are of.
pub(crate) const JUDGED: &str = "judged";
/// The second one, of the path that is healed.
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
    // Requests have dice of their own: a scenario without one is as it was before there were
    // any.
    let mut others = Dice::new(!seed);
    let story = story::Story::draw(&mut dice, bound).with_requests(&mut others);
    Drawn {
        seed,
        bound,
        yaml: story.yaml(&mut dice, seed),
    }
}
