//! Judges the assertion `paths` by the samples of paths.

use recording::Event;
use scenario::PathCount;

use super::Judge;
use crate::case::Case;
use crate::finding::Finding;
use crate::observed::{self, Wanted};

impl Judge for PathCount {
    fn judge(&self, case: Case<'_>) -> Option<Finding> {
        let wanted = Wanted {
            unit: "samples",
            fields: &self.fields,
            window: &self.window,
            count: self.count,
        };
        observed::judge_states(case.timeline, &wanted, |event| match event {
            Event::Path {
                endpoint,
                association,
                sample,
            } if endpoint == self.at.as_str()
                && self.address.is_none_or(|to| to == sample.address)
                && case
                    .timeline
                    .is_with(endpoint, association, self.with.as_ref()) =>
            {
                Some((association.clone(), sample.address))
            }
            _ => None,
        })
    }

    fn endpoints(&self) -> Vec<&str> {
        vec![self.at.as_str()]
    }
}
