//! Sabotages: changes under which a scenario must fail.

mod check;
mod form;

pub(crate) use check::{WHAT_FAILS, can_fail, check_reached, check_sabotage};
pub(crate) use form::SabotageForm;

use crate::model::StepName;
use crate::step::Step;

/// A small change under which the scenario must fail: the proof that it can fail.
#[derive(Clone, Debug, PartialEq)]
pub struct Sabotage {
    /// The change in words.
    pub title: String,
    /// The line in the scenario file, from 1.
    pub line: usize,
    /// The change.
    pub edit: Edit,
    /// The expectation or assertion that must fail, whatever else fails.
    pub fails: StepName,
}

/// A change to the steps.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Inserts steps before a step.
    Before(StepName, Vec<Step>),
    /// Inserts steps after a step.
    After(StepName, Vec<Step>),
    /// Replaces a step by steps; an empty list removes it.
    InsteadOf(StepName, Vec<Step>),
}
