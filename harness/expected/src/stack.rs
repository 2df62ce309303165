//! Known deviations of user-space stacks from the scenarios: a file for each stack, by
//! the stack's own name.

use document::Diagnostic;
use document::diagnostic::Problems;
use document::read::{Map, OneOrMany, Read, record};
use document::value::Text;
use document::yaml::{self, Genre};

const GENRE: Genre = Genre {
    one: "file of what a stack is known to do otherwise",
    many: "files of what stacks are known to do otherwise",
    beginning: "name a scenario: `a-case: {fails: answered, does: …, source: …}`",
    largest: 1024 * 1024,
};

/// The files, by the names of the stacks.
const FILES: [(&str, &str); 2] = [
    ("usrsctp", include_str!("../../../expected/usrsctp.yaml")),
    ("dcsctp", include_str!("../../../expected/dcsctp.yaml")),
];

/// The whole file: scenarios by name.
type File = Map<FaultForm>;

record! {
    /// A known deviation of a stack.
    struct FaultForm = "{fails: answered, does: It sends nothing., source: netinet/sctp_input.c}" {
        required {
            /// The steps or assertions of the scenario that fail, all of them.
            fails: OneOrMany<Text>,
            /// The behaviour of the stack, in words.
            does: Text,
            /// The source: the stack's code, or a sentence of an RFC.
            source: Text,
        }
    }
}

/// A known deviation of a stack from a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StackFault {
    /// Name of the stack, as the stack reports it.
    pub stack: String,
    /// The scenario.
    pub scenario: String,
    /// The steps or assertions that fail, all of them. Never empty.
    pub fails: Vec<String>,
    /// The behaviour of the stack.
    pub does: String,
    /// The source of the behaviour.
    pub source: String,
    /// The line in the file, from 1.
    pub line: usize,
}

/// All known deviations, stack by stack.
#[must_use]
pub fn stacks() -> Vec<StackFault> {
    let files = FILES.iter().map(|(stack, text)| parse_stack(stack, text));
    // A test checks that the files are valid.
    files.flat_map(Result::unwrap_or_default).collect()
}

/// Reads and checks a text about a stack, and returns its deviations in the order of the
/// text.
///
/// # Errors
/// All mistakes of the text, in the order of the text. There is at least one.
pub fn parse_stack(stack: &str, source: &str) -> Result<Vec<StackFault>, Vec<Diagnostic>> {
    let mut problems = Problems::new(source);
    let file =
        yaml::load(source, &GENRE, &mut problems).and_then(|root| File::read(&root, &mut problems));
    let entries = file.iter().flat_map(|file| &file.0);
    let faults = entries.filter_map(|(name, form)| {
        let form = form.as_ref()?;
        let fails = form.fails.get()?.0.items.iter();
        let before = source.get(..name.span.start).unwrap_or_default();
        Some(StackFault {
            stack: stack.to_owned(),
            scenario: name.value.0.clone(),
            fails: fails.map(|it| it.value.0.clone()).collect(),
            does: form.does.get()?.0.clone(),
            source: form.source.get()?.0.clone(),
            line: before.matches('\n').count() + 1,
        })
    });
    let faults = faults.collect();
    match problems.is_empty() {
        true => Ok(faults),
        false => Err(problems.sorted()),
    }
}
