//! Time limits of expectations: `10s`, or the name of a bound.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::Time;
use crate::diagnostic::Problems;
use crate::model::{BoundKind, Within};
use crate::read::{Choice, ChoiceOf, Read};
use crate::yaml::{Node, Value};

impl Choice for BoundKind {
    const WHAT: &'static str = "a time such as `10s`, or a bound";

    fn choices() -> Vec<(Cow<'static, str>, Self)> {
        Self::ALL
            .into_iter()
            .map(|bound| (bound.word().into(), bound))
            .collect()
    }
}

/// A time limit: a time, or the name of a bound.
#[derive(Clone, Copy)]
pub(crate) struct TimeLimit(pub(crate) Within);

impl Read for TimeLimit {
    fn read(node: &Node, problems: &mut Problems<'_>) -> Option<Self> {
        let is_time = matches!(
            &node.value,
            Value::Scalar(text) if text.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '.')
        );
        if is_time {
            Time::read(node, problems).map(|time| Self(Within::Fixed(time.0)))
        } else {
            ChoiceOf::<BoundKind>::read(node, problems).map(|bound| Self(Within::Bound(bound.0)))
        }
    }
}

impl JsonSchema for TimeLimit {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "soon".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let bounds = generator.subschema_for::<ChoiceOf<BoundKind>>();
        let time = generator.subschema_for::<Time>();
        json_schema!({"anyOf": [bounds, time]})
    }
}
