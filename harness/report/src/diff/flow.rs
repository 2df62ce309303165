//! Compares the flows of two recordings: the chunks of each host on each path, in order.

use recording::Recording;
use similar::{ChangeTag, TextDiff};

use super::{Difference, Section};
use crate::snapshot::flow_snapshot;

/// Compares the flows line by line. Each difference names its phase.
pub(super) fn compare(first: &Recording, second: &Recording) -> Section {
    let (left, right) = (flow_snapshot(first), flow_snapshot(second));
    let mut section = Section {
        name: "flow",
        alike: 0,
        differences: Vec::new(),
    };
    let mut phase = String::new();
    for change in TextDiff::from_lines(&left, &right).iter_all_changes() {
        let line = change.value().trim_end();
        if !line.starts_with(' ') && !line.is_empty() {
            phase = line.to_owned();
        }
        let text = || Some(line.trim().to_owned());
        let (first, second) = match change.tag() {
            ChangeTag::Equal => {
                section.alike += usize::from(!line.is_empty());
                continue;
            }
            ChangeTag::Delete => (text(), None),
            ChangeTag::Insert => (None, text()),
        };
        if !line.is_empty() {
            section.differences.push(Difference {
                what: phase.clone(),
                field: None,
                first,
                second,
            });
        }
    }
    section
}
