//! Aligns the things of two recordings.

use std::collections::BTreeSet;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::items::Item;
use super::{Difference, Section};

/// Compares two lists of things. Things of one name are compared by their fields; the
/// others are missing on one side.
pub(super) fn compare(name: &'static str, first: &[Item], second: &[Item]) -> Section {
    let mut section = Section {
        name,
        alike: 0,
        differences: Vec::new(),
    };
    let subjects =
        |items: &[Item]| -> Vec<String> { items.iter().map(|item| item.what.clone()).collect() };
    let (left, right) = (subjects(first), subjects(second));
    for op in capture_diff_slices(Algorithm::Myers, &left, &right) {
        if let DiffOp::Equal {
            old_index,
            new_index,
            len,
        } = op
        {
            for offset in 0..len {
                section.pair(&first[old_index + offset], &second[new_index + offset]);
            }
            continue;
        }
        let missing = |what: &String, in_first: bool| Difference {
            what: what.clone(),
            field: None,
            first: in_first.then(|| what.clone()),
            second: (!in_first).then(|| what.clone()),
        };
        let only_first = left[op.old_range()].iter().map(|what| missing(what, true));
        let only_second = right[op.new_range()]
            .iter()
            .map(|what| missing(what, false));
        section.differences.extend(only_first.chain(only_second));
    }
    section
}

impl Section {
    fn pair(&mut self, first: &Item, second: &Item) {
        let names: BTreeSet<&String> = first.fields.keys().chain(second.fields.keys()).collect();
        let before = self.differences.len();
        for name in names {
            let (one, other) = (first.fields.get(name), second.fields.get(name));
            if one != other {
                self.differences.push(Difference {
                    what: first.what.clone(),
                    field: Some(name.clone()),
                    first: one.cloned(),
                    second: other.cloned(),
                });
            }
        }
        if self.differences.len() == before {
            self.alike += 1;
        }
    }
}
