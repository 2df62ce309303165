//! Numbers with bounds, from `at-least`, `at-most` and `exactly`.

use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::diagnostic::{Problems, Span};
use crate::read::{Optional, Read, record};
use crate::value::Number;
use crate::yaml::{Node, Value};

/// A number with bounds, both inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// The least number.
    pub least: u64,
    /// The greatest number; `None` is no limit.
    pub most: Option<u64>,
}

impl Count {
    /// Exactly `n`.
    #[must_use]
    pub fn exactly(n: u64) -> Self {
        Self {
            least: n,
            most: Some(n),
        }
    }

    /// Whether `n` is within the bounds.
    #[must_use]
    pub fn allows(self, n: u64) -> bool {
        n >= self.least && self.most.is_none_or(|most| n <= most)
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.least, self.most) {
            (least, Some(most)) if least == most => write!(f, "{least}"),
            (0, Some(most)) => write!(f, "at most {most}"),
            (least, Some(most)) => write!(f, "{least} to {most}"),
            (least, None) => write!(f, "at least {least}"),
        }
    }
}

/// The fields that bound a number.
pub(crate) struct Bounds<'f> {
    pub(crate) at_least: &'f Optional<Number>,
    pub(crate) at_most: &'f Optional<Number>,
    pub(crate) exactly: &'f Optional<Number>,
}

impl Bounds<'_> {
    /// The count that the bounds allow. `span` is their place.
    pub(crate) fn check(&self, span: Span, problems: &mut Problems<'_>) -> Option<Count> {
        let least = self.at_least.check(|number| Some(number.value.0));
        let most = self.at_most.check(|number| Some(number.value.0));
        let exactly = self.exactly.check(|number| Some(number.value.0));
        let (least, most, exactly) = (least?, most?, exactly?);
        match (least, most, exactly) {
            (None, None, None) => {
                problems
                    .add(span, "this does not say how many", "any number passes")
                    .help("add `exactly: 1`, `at-least: 1` or `at-most: 1`");
                None
            }
            (None, None, Some(exactly)) => Some(Count::exactly(exactly)),
            (_, _, Some(_)) => {
                problems
                    .add(
                        self.exactly.span()?,
                        "`exactly` needs no other bound",
                        "one too many",
                    )
                    .help("keep `exactly`, or keep `at-least` and `at-most`");
                None
            }
            (Some(0), None, None) => {
                problems
                    .add(
                        self.at_least.span()?,
                        "at least 0 is always true",
                        "any number passes",
                    )
                    .help("write `at-least: 1`, or `exactly: 0` if there must be none");
                None
            }
            (least, Some(most), None) if least.is_some_and(|least| least > most) => {
                problems
                    .add(
                        self.at_least.span()?,
                        format!("no number is at least {} and at most {most}", least?),
                        "more than `at-most`",
                    )
                    .help("make `at-least` the smaller one");
                None
            }
            (least, most, None) => Some(Count {
                least: least.unwrap_or(0),
                most,
            }),
        }
    }
}

record! {
    /// How many.
    struct BoundsForm = "{at-least: 1}" {
        optional {
            /// This many or more.
            at_least: Number,
            /// This many or fewer.
            at_most: Number,
            /// Exactly this many.
            exactly: Number,
        }
    }
}

/// An exact number, or a map of bounds.
pub(crate) struct HowMany(pub(crate) Count);

impl Read for HowMany {
    fn read(node: &Node, problems: &mut Problems<'_>) -> Option<Self> {
        if !matches!(node.value, Value::Map(_)) {
            return Number::read(node, problems).map(|number| Self(Count::exactly(number.0)));
        }
        let form = BoundsForm::read(node, problems)?;
        let bounds = Bounds {
            at_least: &form.at_least,
            at_most: &form.at_most,
            exactly: &form.exactly,
        };
        bounds.check(node.span, problems).map(Self)
    }
}

impl JsonSchema for HowMany {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "how-many".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let exact = generator.subschema_for::<Number>();
        let bounds = generator.subschema_for::<BoundsForm>();
        json_schema!({"anyOf": [exact, bounds]})
    }
}
