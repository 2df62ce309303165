//! Judgements of the oracle on recordings that are made by hand.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

mod assertions;
mod causes;
mod cut_short;
mod hand_made;
mod measured;
mod places;
mod reckoned;
