//! Choices among matching frames, such as `every 3rd`.

use std::num::NonZero;

use rules::Nth;
use schemars::{JsonSchema, Schema, SchemaGenerator};

use crate::read::{Word, Wrong, word_schema};
use crate::yaml::shortened;

/// A choice among the matching frames: `every`, `3rd`, `every 3rd`, `first 3`, `from 3rd`,
/// or `2nd to 5th`.
#[derive(Clone, Copy)]
pub(crate) struct NthForm(pub(crate) Nth);

impl Word for NthForm {
    const EXPECTED: &'static str =
        "`every`, `3rd`, `every 3rd`, `first 3`, `from 3rd` or `2nd to 5th`";

    fn parse(text: &str) -> Result<Self, Wrong> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let nth = match words.as_slice() {
            ["every"] => Some(Nth::Every),
            ["every", nth] => ordinal(nth).map(Nth::EachNth),
            ["first", count] => count.parse().ok().map(Nth::First),
            ["from", nth] => ordinal(nth).map(Nth::From),
            [first, "to", last] => range(first, last),
            [nth] => ordinal(nth).map(Nth::Only),
            _ => None,
        };
        nth.map(Self).ok_or_else(|| {
            Wrong::new(
                format!("`{}` does not choose among frames", shortened(text)),
                format!("write {}; the first is `1st`", Self::EXPECTED),
            )
        })
    }
}

fn range(first: &str, last: &str) -> Option<Nth> {
    let (first, last) = (ordinal(first)?, ordinal(last)?);
    (first <= last).then_some(Nth::Between(first, last))
}

fn ordinal(text: &str) -> Option<NonZero<u64>> {
    ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|ending| text.strip_suffix(ending))?
        .parse()
        .ok()
}

impl JsonSchema for NthForm {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "nth".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        word_schema(
            "Which of the frames that match, counted from when the rule was put in: \
             `every` one, only the `3rd`, `every 3rd`, the `first 3`, all `from 3rd` on, \
             or those from the `2nd to 5th`.",
            "^(every|((every|from|[0-9]+(st|nd|rd|th) to) )?[0-9]+(st|nd|rd|th)|first [0-9]+)$",
            None,
            &[
                "every",
                "1st",
                "every 3rd",
                "first 3",
                "from 3rd",
                "2nd to 5th",
            ],
        )
    }
}
