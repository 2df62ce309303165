//! The names of steps and assertions, and how a name is looked up.

use std::collections::BTreeMap;

use crate::diagnostic::{Problems, Span, Spanned};
use crate::read::{all_of, one_of, suggestion};
use crate::value::{Name, Reference};
use crate::yaml::shortened;

/// Position of a step, for comparisons. Step `i` of the scenario is at `(2 i + 1, 0)`. The
/// positions between are for the steps of a sabotage.
pub(crate) type Position = (usize, usize);

/// The kind of thing that has a name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bearer {
    Step(Position),
    Assertion,
}

/// A thing that has a name.
#[derive(Clone, Copy)]
pub(crate) struct Named {
    pub(crate) kind: &'static str,
    pub(crate) bearer: Bearer,
}

/// The names of steps and assertions, which must all differ.
#[derive(Clone, Default)]
pub(crate) struct Names {
    named: BTreeMap<String, Named>,
    counts: BTreeMap<&'static str, u64>,
}

impl Names {
    /// The kinds of the named things so far.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = &'static str> {
        self.counts.keys().copied()
    }

    /// Whether a thing of that kind has a name.
    pub(crate) fn has(&self, kind: &str) -> bool {
        self.counts.contains_key(kind)
    }

    /// Names the next thing of that kind: by the given name, or else by its kind and,
    /// from the second of a kind on, its number. Things with given names are counted,
    /// too, so that naming one renames no other.
    pub(crate) fn add(
        &mut self,
        kind: &Spanned<&'static str>,
        given: Option<&Spanned<Name>>,
        bearer: Bearer,
        problems: &mut Problems<'_>,
    ) -> String {
        let count = self.counts.entry(kind.value).or_insert(0);
        *count += 1;
        let implicit = match *count {
            1 => kind.value.to_owned(),
            number => format!("{}-{number}", kind.value),
        };
        let (name, span) = match given {
            Some(given) => (given.value.0.clone(), given.span),
            None => (implicit, kind.span),
        };
        let named = Named {
            kind: kind.value,
            bearer,
        };
        if let Some(first) = self.named.get(&name) {
            problems
                .add(
                    span,
                    format!("the name `{name}` is taken"),
                    "the second of this name",
                )
                .help(format!(
                    "`{}` has it already; give this one another by `as: …`",
                    first.kind
                ));
        } else {
            self.named.insert(name.clone(), named);
        }
        name
    }

    /// Frees a name whose bearer is gone.
    pub(crate) fn forget(&mut self, name: &str) {
        self.named.remove(name);
    }

    pub(crate) fn get(&self, name: &str) -> Option<Named> {
        self.named.get(name).copied()
    }

    /// Looks a name up; `what` is the noun for the expected thing.
    pub(crate) fn find(
        &self,
        what: &str,
        name: &str,
        span: Span,
        wanted: impl Fn(&Named) -> bool,
        problems: &mut Problems<'_>,
    ) -> Option<Named> {
        let named = self.get(name);
        if named.is_some_and(|named| wanted(&named)) || problems.is_full() {
            return named.filter(wanted);
        }
        let fitting = self.fitting(&wanted);
        let likely = suggestion(name, fitting.iter().copied(), problems);
        let (message, label, help) = match (named, likely) {
            (Some(named), _) => (
                format!("`{name}` is not {what}"),
                format!("a `{}`", named.kind),
                choice(&fitting),
            ),
            (None, likely) => (
                format!("nothing is called `{}`", shortened(name)),
                "unknown name".to_owned(),
                likely.map_or_else(
                    || choice(&fitting),
                    |likely| format!("did you mean `{likely}`?"),
                ),
            ),
        };
        problems.add(span, message, label).help(help);
        None
    }

    fn fitting<'n>(&'n self, wanted: &impl Fn(&Named) -> bool) -> Vec<&'n str> {
        self.named
            .iter()
            .filter(|(_, named)| wanted(named))
            .map(|(name, _)| name.as_str())
            .collect()
    }
}

fn choice(fitting: &[&str]) -> String {
    if fitting.is_empty() {
        "this scenario has none".to_owned()
    } else {
        let names = one_of(fitting.iter().copied());
        format!("what can stand here is {names}")
    }
}

/// Looks `name` up among the names of all nodes, links or endpoints, unless the names could
/// not be read.
pub(super) fn find_named<'n>(
    (what, unreadable): (&str, bool),
    name: &Spanned<Reference>,
    names: impl Iterator<Item = &'n str> + Clone,
    problems: &mut Problems<'_>,
) -> Option<()> {
    let text = &name.value.0;
    if names.clone().any(|known| known == text) {
        return Some(());
    }
    if unreadable || problems.is_full() {
        return None;
    }
    let help = match suggestion(text, names.clone(), problems) {
        Some(likely) => format!("did you mean `{likely}`?"),
        None => format!("the {what}s are {}", all_of(names)),
    };
    let message = format!("there is no {what} `{}`", shortened(text));
    problems
        .add(name.span, message, format!("unknown {what}"))
        .help(help);
    None
}
