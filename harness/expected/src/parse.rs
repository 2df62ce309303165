//! Reads and checks a file of expected differences between kernels.

use std::path::Path;

use document::diagnostic::{Problems, Spanned};
use document::read::Read;
use document::yaml::{self, Genre};
use document::{Diagnostic, FileError};

use crate::form::{ExpectationForm, File};
use crate::{Border, Expectation};

const GENRE: Genre = Genre {
    one: "file of expected differences",
    many: "files of expected differences",
    beginning: "name a scenario: `my-failover: [{from: 6.4, differs: verdict, what: …, why: …}]`",
    largest: 1024 * 1024,
};

const LINUX: &str = include_str!("../../../expected/linux.yaml");

/// The known differences between Linux kernels.
#[must_use]
pub fn linux() -> Vec<Expectation> {
    // A test checks that the file is valid.
    parse(LINUX).unwrap_or_default()
}

/// Reads and checks a file, and returns its expectations in the order of the file.
///
/// # Errors
/// Where the file cannot be read, or has mistakes.
pub fn parse_file(path: &Path) -> Result<Vec<Expectation>, FileError> {
    document::read_file(path, parse).map(|(expectations, _)| expectations)
}

/// Reads and checks a text, and returns its expectations in the order of the text.
///
/// # Errors
/// All mistakes of the text, in the order of the text. There is at least one.
pub fn parse(source: &str) -> Result<Vec<Expectation>, Vec<Diagnostic>> {
    let mut problems = Problems::new(source);
    let file =
        yaml::load(source, &GENRE, &mut problems).and_then(|root| File::read(&root, &mut problems));
    let mut expectations = Vec::new();
    for (name, list) in file.iter().flat_map(|file| &file.0) {
        for form in list.iter().flat_map(|list| &list.items) {
            expectations.extend(expectation(&name.value.0, form, &mut problems));
        }
    }
    match problems.is_empty() {
        true => Ok(expectations),
        false => Err(problems.sorted()),
    }
}

/// The checked form; `None` if the form has a mistake, which is in `problems` by then.
fn expectation(
    scenario: &str,
    form: &Spanned<ExpectationForm>,
    problems: &mut Problems<'_>,
) -> Option<Expectation> {
    let Spanned { value, span } = form;
    let border = match (value.from.get(), value.engine.get()) {
        (Some(from), None) => Border::From(from.0.items.iter().map(|it| it.value.0).collect()),
        (None, Some(engine)) => Border::Engine(engine.0.clone()),
        (Some(_), Some(_)) => {
            problems
                .add(*span, "`from` and `engine` are both here", "in here")
                .help("write two items: one for the versions, one for the engine");
            return None;
        }
        (None, None) => {
            if value.from.is_absent() && value.engine.is_absent() {
                problems
                    .add(*span, "`from` or `engine` is missing", "in here")
                    .help(format!("a complete one is `{}`", ExpectationForm::EXAMPLE));
            }
            return None;
        }
    };
    let parts = value.differs.get()?.0.items.iter();
    Some(Expectation {
        scenario: scenario.to_owned(),
        border,
        differs: parts.map(|it| it.value.0.clone()).collect(),
        what: value.what.get()?.0.clone(),
        why: value.why.get()?.0.clone(),
    })
}
