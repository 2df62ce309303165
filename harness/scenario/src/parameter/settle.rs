//! Replaces the names of parameters by the values that a run takes by default.

use std::collections::{BTreeMap, BTreeSet};

use super::{SEED, ValuesForm};
use crate::diagnostic::{Problems, Span};
use crate::read::{Map, Read};
use crate::yaml::{Node, Value};

/// Replaces each `$name` in the tree by the first value of the parameter of that name.
pub(crate) fn settle(tree: &mut Node, problems: &mut Problems<'_>) {
    let declared = declared(tree);
    let mut used = BTreeSet::new();
    each_use(tree, &mut |name, node| {
        if let Some((_, values)) = declared.get(name) {
            used.insert(name.to_owned());
            if let Some(first) = values.first() {
                node.value = Value::Scalar(first.clone());
            }
        }
    });
    for (name, (span, values)) in &declared {
        if name == SEED && values.iter().any(|it| it.parse::<u64>().is_err()) {
            problems
                .add(*span, "a seed is a whole number", "not all are")
                .help("write `seed: 1..50`, or call the parameter otherwise");
        }
        // A parameter with one value need not be used: a template has replaced its name by
        // the chosen value.
        if values.len() > 1 && !used.contains(name) && name != SEED {
            problems
                .add(
                    *span,
                    format!("nothing uses the parameter `{name}`"),
                    "not used",
                )
                .help(format!(
                    "write `${name}` where its value is to stand, or remove it"
                ));
        }
    }
}

/// The parameters of a file by their names, each with the place of its name and its values.
/// A parameter with a mistake has no values; the mistake is noted when the file is read.
pub(super) fn declared(tree: &Node) -> BTreeMap<String, (Span, Vec<String>)> {
    let Some(node) = parameters(tree) else {
        return BTreeMap::new();
    };
    let map = Map::<ValuesForm>::read(node, &mut Problems::new(""));
    let entries = map.map_or_else(Vec::new, |map| map.0);
    let values = |values: Option<ValuesForm>| values.map_or_else(Vec::new, |values| values.0);
    entries
        .into_iter()
        .map(|(name, given)| (name.value.0, (name.span, values(given))))
        .collect()
}

pub(super) fn parameters(tree: &Node) -> Option<&Node> {
    let Value::Map(entries) = &tree.value else {
        return None;
    };
    let entry = entries.iter().find(|(key, _)| key.value == KEY);
    entry.map(|(_, node)| node)
}

const KEY: &str = "parameters";

/// Calls `visit` with every scalar `$name` outside of the map `parameters:`.
pub(super) fn each_use(tree: &mut Node, visit: &mut dyn FnMut(&str, &mut Node)) {
    if let Value::Map(entries) = &mut tree.value {
        let others = entries.iter_mut().filter(|(key, _)| key.value != KEY);
        others.for_each(|(_, node)| each_below(node, visit));
    }
}

fn each_below(node: &mut Node, visit: &mut dyn FnMut(&str, &mut Node)) {
    match &mut node.value {
        Value::Scalar(text) => {
            if let Some(name) = text.strip_prefix('$').map(str::to_owned) {
                visit(&name, node);
            }
        }
        Value::List(items) => items.iter_mut().for_each(|item| each_below(item, visit)),
        Value::Map(entries) => entries
            .iter_mut()
            .for_each(|(_, node)| each_below(node, visit)),
    }
}
