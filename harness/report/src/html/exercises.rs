//! Exercises that are made from the run of a scenario. The page's script marks the
//! answers.

use std::collections::BTreeMap;

use exercise::{Question, cut};
use maud::{Markup, html};
use recording::Recording;
use scenario::Ask;

use super::Run;
use crate::sheet::sheet;

/// The exercises of a run without sabotage. An exercise about a fault needs a sabotaged
/// run of the scenario among `all`. Empty if there is no exercise.
pub(super) fn section(number: usize, run: &Run<'_>, all: &[Run<'_>]) -> Markup {
    if run.recording.info.sabotage.is_some() || run.scenario.exercises.is_empty() {
        return html! {};
    }
    let of_scenario = |it: &&Run<'_>| it.recording.scenario == run.recording.scenario;
    let sabotaged: BTreeMap<usize, Recording> = all
        .iter()
        .filter(of_scenario)
        .filter_map(|it| Some((number_of(it)?, it.recording.clone())))
        .collect();
    let sheet = sheet(run.scenario, run.recording, &sabotaged);
    let mut elsewhere = 0;
    let mut questions = Vec::new();
    for (index, exercise) in run.scenario.exercises.iter().enumerate() {
        let by_file = matches!(exercise.ask, Ask::MakeItGreen { .. });
        match cut(exercise, &sheet, index as u64) {
            Ok(question) if !by_file => questions.push(question),
            _ => elsewhere += 1,
        }
    }
    html! {
        details.exercises {
            summary { "Exercises" }
            ol {
                @for (index, question) in questions.iter().enumerate() {
                    (item(&format!("exercise-{number}-{index}"), question))
                }
            }
            @if elsewhere > 0 {
                p.where {
                    (elsewhere) " more in the terminal: "
                    code { "sctp-lab learn " (run.scenario.name) }
                }
            }
        }
    }
}

/// The number of the sabotage under which a run was made, from 1.
fn number_of(run: &Run<'_>) -> Option<usize> {
    let title = run.recording.info.sabotage.as_ref()?;
    let mut sabotages = run.scenario.sabotages.iter().zip(1..);
    sabotages.find_map(|(it, number)| (&it.title == title).then_some(number))
}

fn item(id: &str, question: &Question) -> Markup {
    let accepted = question.accepted.join(" ");
    let is_choice = question.how == "a letter";
    let prompt: Vec<&str> = question.prompt.split_whitespace().collect();
    html! {
        li {
            form.exercise data-accepted=(accepted)
                data-value=[question.number.map(|it| it.value)]
                data-within=[question.number.map(|it| it.within)] {
                @for picture in &question.pictures {
                    @if !picture.title.is_empty() { p.where { (picture.title) } }
                    pre tabindex="0" { (picture.rows.join("\n")) }
                }
                @if is_choice {
                    fieldset {
                        legend { (prompt.join(" ")) }
                        @for (letter, option) in ('a'..='z').zip(&question.options) {
                            label { input type="radio" name=(id) value=(letter); " " (option) }
                        }
                    }
                } @else {
                    p { label for=(id) { (prompt.join(" ")) } }
                    @if !question.options.is_empty() {
                        ol.options type="a" { @for option in &question.options { li { (option) } } }
                    }
                    p {
                        input type="text" id=(id) autocomplete="off" spellcheck="false"
                            placeholder=(question.how);
                    }
                }
                p {
                    button type="submit" { "Check" } " "
                    button type="button" class="show" { "Show the answer" }
                }
                p.outcome role="status" {}
                div.why hidden {
                    p { strong { "The answer: " (question.answer) } }
                    p { (question.because) }
                    p { a href=(question.url) rel="noreferrer" { (question.rfc) } }
                }
            }
        }
    }
}
