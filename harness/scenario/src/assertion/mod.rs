//! The kinds of assertion: one module each, and a line in the [table](kinds).

mod check;
mod chunks;
mod count;
mod delivered;
mod kinds;
mod notifications;
mod window;

pub(crate) use check::{check_assertions, name_assertions};
pub(crate) use kinds::{AssertionForm, AssertionKinds};
