//! A scenario's text in which parameters can be replaced by values.

use std::collections::BTreeMap;

use super::settle::{declared, each_use, parameters};
use crate::diagnostic::{Diagnostic, Problems, Span};
use crate::genre::SCENARIO;
use crate::read::{all_of, suggestion};
use crate::yaml::{self, Value};

/// The text of a scenario, with the places of its parameters.
#[derive(Clone, Debug)]
pub struct Template {
    source: String,
    /// The places of each parameter: its list of values, and each name that stands for its
    /// value.
    places: BTreeMap<String, Vec<Span>>,
}

/// The error that a scenario has no parameter of this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the scenario has no parameter `{name}`; {hint}")]
pub struct UnknownParameter {
    /// The name.
    pub name: String,
    /// The parameter that may be meant, or those that there are.
    pub hint: String,
}

impl Template {
    /// Finds the parameters in a text, which need not be a valid scenario.
    ///
    /// # Errors
    /// If the text is no YAML.
    pub fn of(source: &str) -> Result<Self, Vec<Diagnostic>> {
        let mut problems = Problems::new(source);
        let Some(mut tree) = yaml::load(source, &SCENARIO, &mut problems) else {
            return Err(problems.sorted());
        };
        let names = declared(&tree).into_keys();
        let mut places: BTreeMap<String, Vec<Span>> =
            names.map(|name| (name, Vec::new())).collect();
        if let Some(Value::Map(entries)) = parameters(&tree).map(|node| &node.value) {
            for (key, node) in entries {
                let of = places.get_mut(&key.value);
                of.into_iter().for_each(|of| of.push(node.span));
            }
        }
        each_use(&mut tree, &mut |name, node| {
            let of = places.get_mut(name);
            of.into_iter().for_each(|of| of.push(node.span));
        });
        Ok(Self {
            source: source.to_owned(),
            places,
        })
    }

    /// The text in which each of these parameters has the chosen value.
    ///
    /// This text is a scenario that says by itself what is run: under `parameters:` each
    /// chosen parameter has one value, and this value replaces the parameter's name
    /// everywhere. No line changes its number.
    ///
    /// # Errors
    /// A parameter that the scenario does not have.
    pub fn with(&self, chosen: &BTreeMap<String, String>) -> Result<String, UnknownParameter> {
        let mut changes: Vec<(Span, String)> = Vec::new();
        for (name, value) in chosen {
            let Some(places) = self.places.get(name) else {
                return Err(self.unknown(name));
            };
            changes.extend(places.iter().map(|place| (*place, plain(value))));
        }
        Ok(changed(&self.source, changes))
    }

    fn unknown(&self, name: &str) -> UnknownParameter {
        let names = || self.places.keys().map(String::as_str);
        let hint = match suggestion(name, names(), &Problems::new(&self.source)) {
            Some(near) => format!("did you mean `{near}`?"),
            None if self.places.is_empty() => "it has none".to_owned(),
            None => format!("it has {}", all_of(names())),
        };
        UnknownParameter {
            name: name.to_owned(),
            hint,
        }
    }
}

fn changed(source: &str, mut changes: Vec<(Span, String)>) -> String {
    changes.sort();
    let mut text = source.to_owned();
    for (span, value) in changes.iter().rev() {
        // The span of a list may end only where the next line begins.
        let old = source.get(span.start..span.end).unwrap_or_default();
        let end = span.start + old.trim_end().len();
        let lines = old.trim_end().matches('\n').count();
        text.replace_range(span.start..end, &format!("{value}{}", "\n".repeat(lines)));
    }
    text
}

/// A value in a notation that is valid YAML at any place: quoted where it must be.
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

    fn with(source: &str, chosen: &BTreeMap<String, String>) -> Result<String, UnknownParameter> {
        Template::of(source).unwrap().with(chosen)
    }

    fn chosen(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        let pairs = pairs.iter();
        pairs
            .map(|(name, value)| ((*name).into(), (*value).into()))
            .collect()
    }

    #[test]
    fn a_value_stands_where_the_name_stood() {
        let source = "parameters:\n  a: [1, 2]\n  b: {x: 1}\nsteps: [$a, {wait: $b}, \"$a\"]\n";
        let text = with(source, &chosen(&[("a", "2"), ("b", "5 s: #")])).unwrap();
        let wanted = "parameters:\n  a: 2\n  b: \"5 s: #\"\nsteps: [2, {wait: \"5 s: #\"}, 2]\n";
        assert_eq!(text, wanted);
    }

    #[test]
    fn lines_stay_where_they_are() {
        let source = "parameters:\n  a:\n    - 1\n    - 2\nb: $a\n";
        let text = with(source, &chosen(&[("a", "2")])).unwrap();
        assert_eq!(text, "parameters:\n  a:\n    2\n\nb: 2\n");
    }

    #[test]
    fn a_name_that_is_no_parameter_stays() {
        let text = with("parameters: {a: 1}\nb: [$a, $c]\n", &chosen(&[("a", "7")])).unwrap();
        assert_eq!(text, "parameters: {a: 7}\nb: [7, $c]\n");
    }

    #[test]
    fn an_unknown_parameter_is_answered_with_the_likely_one() {
        let error = with("parameters: {rto-min: 1s}\n", &chosen(&[("rto-mni", "2s")]));
        let words = error.unwrap_err().to_string();
        assert_eq!(
            words,
            "the scenario has no parameter `rto-mni`; did you mean `rto-min`?"
        );
    }
}
