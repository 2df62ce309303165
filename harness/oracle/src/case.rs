//! A scenario with the timeline of one run: the input of every judgement.

use scenario::Scenario;

use crate::timeline::Timeline;

/// A scenario, and the timeline of one run of it.
#[derive(Clone, Copy)]
pub(crate) struct Case<'a> {
    pub(crate) scenario: &'a Scenario,
    pub(crate) timeline: &'a Timeline<'a>,
}
