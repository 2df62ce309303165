//! Parameters whose value a program prints while the scenario runs.
//!
//! The regular expression for a line of a program's output may have a named group. The text
//! that the group matches becomes the value of the parameter of that name. Until then the
//! parameter has only an example value, with which the scenario is checked. So every use of
//! the parameter must come after the line.

use std::collections::BTreeMap;

use regex::Regex;

use super::settle::declared;
use crate::diagnostic::{Problems, Span};
use crate::yaml::{Node, Value};

/// The first place that captures a parameter: the step's number, from 0, and the place of
/// the expression.
struct Captured {
    step: usize,
    span: Span,
}

/// Notes a mistake if a captured name is no parameter, if a captured parameter has several
/// values, or if it is used before its value is known. To be called before the names are
/// replaced by values.
pub(crate) fn check(tree: &Node, problems: &mut Problems<'_>) {
    let captured = captured(tree);
    let declared = declared(tree);
    for (name, Captured { span, .. }) in &captured {
        match declared.get(name) {
            None => problems
                .add(
                    *span,
                    format!("`{name}` is captured here, and is no parameter"),
                    "no parameter",
                )
                .help(format!(
                    "give it an example, by which the scenario is checked: `parameters: {{{name}: \
                     5000}}`"
                )),
            Some((place, values)) if values.len() > 1 => problems
                .add(
                    *place,
                    format!("a program says what `{name}` is"),
                    "more than one value",
                )
                .help("give it one, as an example"),
            Some(_) => continue,
        };
    }
    let known_after = |name: &str, step: Option<usize>| {
        let since = captured.get(name).map(|it| it.step);
        since.is_none_or(|since| step.is_some_and(|step| since < step))
    };
    let mut refuse = |node: &Node, step: Option<usize>| {
        each_name(node, &mut |name, span| {
            if !known_after(name, step) {
                problems
                    .add(span, format!("`{name}` has no value yet"), "too early")
                    .help("the output line that gives its value comes later in the run");
            }
        });
    };
    for key in ["nodes", "links", "limit", "seed"] {
        entry(tree, key)
            .into_iter()
            .for_each(|node| refuse(node, None));
    }
    for (name, endpoint) in entries(entry(tree, "endpoints")) {
        let starts = steps(tree).position(|step| starts(step, name));
        match (entry(endpoint, "program"), starts) {
            // A program that is never started uses no value.
            (Some(_), None) => {}
            // These keys are used when the program starts. The others say where the program
            // is found, and are used by later steps.
            (Some(_), Some(step)) => ["args", "env", "input", "ready"]
                .into_iter()
                .filter_map(|key| entry(endpoint, key))
                .for_each(|node| refuse(node, Some(step))),
            (None, _) => refuse(endpoint, None),
        }
    }
    for (index, step) in steps(tree).enumerate() {
        refuse(step, Some(index));
    }
}

/// The captured names, each with the first place that captures it.
fn captured(tree: &Node) -> BTreeMap<String, Captured> {
    let mut all: BTreeMap<String, Captured> = BTreeMap::new();
    let mut note = |step: usize, output: &Node| {
        for name in groups(output) {
            let span = output.span;
            all.entry(name).or_insert(Captured { step, span });
        }
    };
    for (index, step) in steps(tree).enumerate() {
        let output = entry(step, "expect").and_then(|it| entry(it, "output"));
        output.into_iter().for_each(|output| note(index, output));
        for (_, endpoint) in entries(entry(tree, "endpoints")).filter(|it| starts(step, it.0)) {
            let output = entry(endpoint, "ready").and_then(|it| entry(it, "output"));
            output.into_iter().for_each(|output| note(index, output));
        }
    }
    all
}

/// The names of the groups in a regular expression.
fn groups(output: &Node) -> Vec<String> {
    let Value::Scalar(text) = &output.value else {
        return Vec::new();
    };
    let Ok(expression) = Regex::new(text) else {
        return Vec::new();
    };
    let names = expression.capture_names().flatten();
    names.map(str::to_owned).collect()
}

fn starts(step: &Node, endpoint: &str) -> bool {
    let started = entry(step, "start").map(|it| &it.value);
    matches!(started, Some(Value::Scalar(name)) if name == endpoint)
}

fn each_name(node: &Node, visit: &mut dyn FnMut(&str, Span)) {
    match &node.value {
        Value::Scalar(text) => {
            if let Some(name) = text.strip_prefix('$') {
                visit(name, node.span);
            }
        }
        Value::List(items) => items.iter().for_each(|item| each_name(item, visit)),
        Value::Map(entries) => entries.iter().for_each(|(_, node)| each_name(node, visit)),
    }
}

fn steps(tree: &Node) -> impl Iterator<Item = &Node> {
    let items = match entry(tree, "steps").map(|it| &it.value) {
        Some(Value::List(items)) => items.as_slice(),
        _ => &[],
    };
    items.iter()
}

fn entry<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    entries(Some(node)).find_map(|(name, node)| (name == key).then_some(node))
}

fn entries(node: Option<&Node>) -> impl Iterator<Item = (&str, &Node)> {
    let entries = match node.map(|it| &it.value) {
        Some(Value::Map(entries)) => entries.as_slice(),
        _ => &[],
    };
    entries.iter().map(|(key, node)| (key.value.as_str(), node))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::genre::SCENARIO;
    use crate::yaml;

    fn mistakes(source: &str) -> Vec<String> {
        let mut problems = Problems::new(source);
        let tree = yaml::load(source, &SCENARIO, &mut problems).unwrap();
        check(&tree, &mut problems);
        let found = problems.sorted().into_iter();
        found
            .map(|it| format!("{}: {}", it.line, it.message))
            .collect()
    }

    const GOOD: &str = "\
parameters: {port: 5000}
endpoints:
  server: {program: s, port: $port, ready: {output: on port}}
  client: {program: c, args: [$port]}
steps:
  - start: server
  - expect: {at: server, output: 'on port (?<port>[0-9]+)', within: 1s}
  - start: client
assert:
  - chunks: {chunk: INIT, from: client, exactly: $port}
";

    #[test]
    fn what_is_captured_is_a_parameter_with_an_example() {
        let without = GOOD.replace("parameters: {port: 5000}", "title: none");
        let words = ["7: `port` is captured here, and is no parameter"];
        assert_eq!(mistakes(&without), words);
        let with_two = GOOD.replace("5000", "[1, 2]");
        assert_eq!(mistakes(&with_two), ["1: a program says what `port` is"]);
    }

    #[test]
    fn what_is_captured_is_used_by_what_comes_later() {
        assert_eq!(mistakes(GOOD), Vec::<String>::new());
        let (client, server) = ("  - start: client\n", "  - start: server\n");
        let too_early = GOOD
            .replace(client, "")
            .replace(server, &format!("{client}{server}"));
        assert_eq!(mistakes(&too_early), ["4: `port` has no value yet"]);
        let of_a_socket = GOOD.replace("program: s, port", "listen");
        assert_eq!(mistakes(&of_a_socket), ["3: `port` has no value yet"]);
    }
}
