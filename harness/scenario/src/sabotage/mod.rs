//! Sabotages: changes under which a scenario must fail.

mod check;
mod form;

pub(crate) use check::{WHAT_FAILS, can_fail, check_reached, check_sabotage};
pub(crate) use form::SabotageForm;
