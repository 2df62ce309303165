//! The exercise with a file as its answer: a failing scenario that the learner makes
//! pass.
//!
//! The learner's file is the scenario as a sabotage leaves it, without the lesson, the
//! sabotages and the exercises, which would tell the fault. The check takes the learner's
//! steps together with the scenario's own assertions and sabotages: a learner who deletes
//! an assertion gains nothing. The functions here work on the text of a file, in the style
//! of the course: a key of the file begins a line, and an item of a list has two blanks and
//! a dash before it.

use scenario::{Action, Edit, Scenario};

/// The comment at the place where the scenario was changed.
const MARK: &str = "  # ____ What happens from here on is not yet as it should be.\n";

/// The blocks of a file, each with its key. A block is a key at the beginning of a line
/// with all lines that belong to it.
fn blocks(text: &str) -> Vec<(&str, String)> {
    let mut blocks: Vec<(&str, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        let begins = line.starts_with(|it: char| it.is_ascii_alphabetic());
        match (line.split_once(':').filter(|_| begins), blocks.last_mut()) {
            (Some((key, _)), _) => blocks.push((key, line.to_owned())),
            (None, Some((_, block))) => block.push_str(line),
            (None, None) => blocks.push(("", line.to_owned())),
        }
    }
    blocks
}

/// The items of a list, each with its dash. Lines before the first item are left out.
fn items(block: &str) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    for line in block.split_inclusive('\n').skip(1) {
        match items.last_mut() {
            _ if line.starts_with("  - ") => items.push(line.to_owned()),
            Some(item) => item.push_str(line),
            None => {}
        }
    }
    items
}

/// The steps that a sabotage puts in, indented as the steps of the file.
fn steps_of(sabotage: &str) -> String {
    let mut steps = String::new();
    let mut are_steps = false;
    for line in sabotage.split_inclusive('\n') {
        if line.starts_with("    steps:") {
            are_steps = true;
        } else if line.starts_with("      ") && are_steps {
            steps.push_str(&line[4..]);
        } else if !line.trim().is_empty() {
            are_steps = false;
        }
    }
    steps
}

/// The learner's file, which is to be made green. `None` where the scenario's text is not
/// in the style of the course.
#[must_use]
pub fn task(scenario: &Scenario, text: &str, sabotage: usize) -> Option<String> {
    let edit = &scenario.sabotages.get(sabotage.checked_sub(1)?)?.edit;
    let all = blocks(text);
    let block = |key: &str| all.iter().find(|(it, _)| *it == key).map(|(_, text)| text);
    let own = items(block("sabotage")?);
    let put_in = steps_of(own.get(sabotage - 1)?);
    let mut steps = items(block("steps")?);
    if steps.len() != scenario.steps.len() {
        return None;
    }
    let (name, (before, keep)) = match edit {
        Edit::Before(name, _) => (name, (true, true)),
        Edit::After(name, _) => (name, (false, true)),
        Edit::InsteadOf(name, _) => (name, (true, false)),
    };
    let index = scenario.steps.iter().position(|step| &step.name == name)?;
    let old = if keep {
        steps[index].clone()
    } else {
        String::new()
    };
    steps[index] = match before {
        true => format!("{MARK}{put_in}{old}"),
        false => format!("{old}{MARK}{put_in}"),
    };
    let kept = all.iter().filter(|(key, _)| !TELLING.contains(key));
    let mut file = String::new();
    for (key, text) in kept {
        match *key {
            "steps" => file.push_str(&format!("steps:\n{}", steps.concat())),
            _ => file.push_str(text),
        }
        if !file.ends_with("\n\n") {
            file.push('\n');
        }
    }
    file.truncate(file.trim_end().len());
    file.push('\n');
    Some(file)
}

/// The keys of a file that a learner does not get.
const TELLING: [&str; 3] = ["lesson", "sabotage", "exercises"];

/// The file that the check runs: the learner's file, with the scenario's assertions and
/// sabotages instead of its own, and without exercises and known failures.
#[must_use]
pub fn check(learners: &str, text: &str) -> String {
    const HIDDEN: [&str; 4] = ["assert", "sabotage", "exercises", "known-failures"];
    let mut file = String::new();
    let theirs = blocks(learners);
    let ours = blocks(text);
    let kept = theirs.iter().filter(|(key, _)| !HIDDEN.contains(key));
    let hidden = ours
        .iter()
        .filter(|(key, _)| ["assert", "sabotage"].contains(key));
    for (_, block) in kept.chain(hidden) {
        file.push_str(block);
        if !file.ends_with('\n') {
            file.push('\n');
        }
    }
    file
}

/// The action of a step, for comparison. In an expectation, the step that its time counts
/// from is left out: the learner may mend that step.
fn expected(action: &Action) -> Action {
    let mut action = action.clone();
    if let Action::Expect(expect) = &mut action {
        expect.since = None;
    }
    action
}

/// The changes to parts of the scenario that the learner may not change, in words.
#[must_use]
pub fn changed(learners: &Scenario, scenario: &Scenario) -> Vec<String> {
    let mut changed = Vec::new();
    for (same, what) in [
        (learners.nodes == scenario.nodes, "nodes"),
        (learners.links == scenario.links, "links"),
        (learners.endpoints == scenario.endpoints, "endpoints"),
    ] {
        if !same {
            changed.push(format!(
                "`{what}` must stay as it was: the fault is in the steps"
            ));
        }
    }
    for step in scenario.steps.iter().filter(|it| it.action.expects()) {
        let theirs = learners.step(&step.name);
        if theirs.is_none_or(|theirs| expected(&theirs.action) != expected(&step.action)) {
            changed.push(format!(
                "the expectation `{}` is gone or changed: what is expected must stay",
                step.name
            ));
        }
    }
    changed
}

#[cfg(test)]
mod tests;
