//! Putting a parameter's value where its name stands.

use std::collections::{BTreeMap, BTreeSet};

use super::{SEED, ValuesForm};
use crate::diagnostic::{Diagnostic, Problems, Span};
use crate::parse::SCENARIO;
use crate::read::{Map, Read, suggestion};
use crate::yaml::{self, Node, Value};

/// Gives each `$name` in the tree the first value of the parameter of that name.
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
        // Where one value was chosen, it stands where the name stood.
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

/// The parameters of a file, where each stands, and its values; none where they are
/// wrong. What is wrong is noted where the file itself is read.
fn declared(tree: &Node) -> BTreeMap<String, (Span, Vec<String>)> {
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

fn parameters(tree: &Node) -> Option<&Node> {
    let Value::Map(entries) = &tree.value else {
        return None;
    };
    let entry = entries.iter().find(|(key, _)| key.value == KEY);
    entry.map(|(_, node)| node)
}

const KEY: &str = "parameters";

/// Calls `visit` with every scalar that is `$name`, outside of the parameters
/// themselves.
fn each_use(tree: &mut Node, visit: &mut dyn FnMut(&str, &mut Node)) {
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

/// Why parameters cannot be set.
#[derive(Debug, thiserror::Error)]
pub enum SetError {
    /// The text is no YAML.
    #[error("the scenario has {} mistakes", .0.len())]
    Wrong(Vec<Diagnostic>),
    /// There is no parameter of that name.
    #[error("the scenario has no parameter `{name}`; {hint}")]
    Unknown {
        /// The name.
        name: String,
        /// What may be meant.
        hint: String,
    },
}

/// The text of a scenario in which each of these parameters has this one value.
///
/// The text that comes of it is a scenario like any other, which says by itself what
/// is run: its `parameters` have the one value, and where their names stood stands
/// the value. Lines stay where they are.
///
/// # Errors
/// A text that is no YAML; a parameter that the scenario does not have.
pub fn set(source: &str, chosen: &BTreeMap<String, String>) -> Result<String, SetError> {
    let mut problems = Problems::new(source);
    let Some(mut tree) = yaml::load(source, &SCENARIO, &mut problems) else {
        return Err(SetError::Wrong(problems.sorted()));
    };
    let declared = declared(&tree);
    for name in chosen.keys() {
        if !declared.contains_key(name) {
            let names = || declared.keys().map(String::as_str);
            let hint = match suggestion(name, names(), &problems) {
                Some(near) => format!("did you mean `{near}`?"),
                None if declared.is_empty() => "it has none".to_owned(),
                None => format!("it has {}", crate::read::all_of(names())),
            };
            let name = name.clone();
            return Err(SetError::Unknown { name, hint });
        }
    }
    let mut changes: Vec<(Span, String)> = Vec::new();
    if let Some(Value::Map(entries)) = parameters(&tree).map(|node| &node.value) {
        for (key, node) in entries {
            if let Some(value) = chosen.get(&key.value) {
                changes.push((node.span, plain(value)));
            }
        }
    }
    each_use(&mut tree, &mut |name, node| {
        if let Some(value) = chosen.get(name) {
            changes.push((node.span, plain(value)));
        }
    });
    Ok(changed(source, changes))
}

fn changed(source: &str, mut changes: Vec<(Span, String)>) -> String {
    changes.sort();
    let mut text = source.to_owned();
    for (span, value) in changes.iter().rev() {
        // A list's end may be told where the next line begins.
        let old = source.get(span.start..span.end).unwrap_or_default();
        let end = span.start + old.trim_end().len();
        let lines = old.trim_end().matches('\n').count();
        text.replace_range(span.start..end, &format!("{value}{}", "\n".repeat(lines)));
    }
    text
}

/// A value as YAML takes it wherever it stands.
fn plain(value: &str) -> String {
    let is_plain = |it: char| it.is_ascii_alphanumeric() || "._/%+-".contains(it);
    let starts = value.starts_with(|it: char| it.is_ascii_alphanumeric());
    if starts && value.chars().all(is_plain) {
        value.to_owned()
    } else {
        serde_json::Value::from(value).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        let pairs = pairs.iter();
        pairs
            .map(|(name, value)| ((*name).into(), (*value).into()))
            .collect()
    }

    #[test]
    fn a_value_stands_where_the_name_stood() {
        let source = "parameters:\n  a: [1, 2]\n  b: {x: 1}\nsteps: [$a, {wait: $b}, \"$a\"]\n";
        let text = set(source, &chosen(&[("a", "2"), ("b", "5 s: #")])).unwrap();
        let wanted = "parameters:\n  a: 2\n  b: \"5 s: #\"\nsteps: [2, {wait: \"5 s: #\"}, 2]\n";
        assert_eq!(text, wanted);
    }

    #[test]
    fn lines_stay_where_they_are() {
        let source = "parameters:\n  a:\n    - 1\n    - 2\nb: $a\n";
        let text = set(source, &chosen(&[("a", "2")])).unwrap();
        assert_eq!(text, "parameters:\n  a:\n    2\n\nb: 2\n");
    }

    #[test]
    fn a_name_that_is_no_parameter_stays() {
        let text = set("parameters: {a: 1}\nb: [$a, $c]\n", &chosen(&[("a", "7")])).unwrap();
        assert_eq!(text, "parameters: {a: 7}\nb: [7, $c]\n");
    }

    #[test]
    fn an_unknown_parameter_is_answered_with_the_likely_one() {
        let error = set("parameters: {rto-min: 1s}\n", &chosen(&[("rto-mni", "2s")]));
        let words = error.unwrap_err().to_string();
        assert_eq!(
            words,
            "the scenario has no parameter `rto-mni`; did you mean `rto-min`?"
        );
    }
}
