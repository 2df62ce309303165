//! The kinds of assertion: one module each, and a line in the [table](kinds).

mod calls;
mod check;
mod chunks;
mod count;
mod counters;
mod delivered;
mod echoes;
mod followed;
mod intervals;
mod kinds;
mod messages;
mod notifications;
mod paths;
mod place;
mod sequence;
mod window;

pub(crate) use check::{check_assertions, name_assertions};
pub(crate) use kinds::{AssertionForm, AssertionKinds};
