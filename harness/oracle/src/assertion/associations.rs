//! Judges the assertion `associations` by the samples of associations.

use recording::Event;
use scenario::AssociationCount;

use super::Judge;
use crate::case::Case;
use crate::finding::Finding;
use crate::observed::{self, Wanted};

impl Judge for AssociationCount {
    fn judge(&self, case: Case<'_>) -> Option<Finding> {
        let wanted = Wanted {
            unit: "samples",
            fields: &self.fields,
            window: &self.window,
            count: self.count,
        };
        observed::judge_states(case.timeline, &wanted, |event| match event {
            Event::Association {
                endpoint,
                association,
                ..
            } if endpoint == self.at.as_str()
                && case
                    .timeline
                    .is_with(endpoint, association, self.with.as_ref()) =>
            {
                Some(association.clone())
            }
            _ => None,
        })
    }

    fn endpoints(&self) -> Vec<&str> {
        vec![self.at.as_str()]
    }
}
