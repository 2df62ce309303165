//! The form of a link: its two ends, and its settings.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::shape::ShapeForm;
use crate::diagnostic::{Problems, Span, Spanned};
use crate::read::{OneOrMany, Optional, Read, record};
use crate::value::{Prefixed, Size};
use crate::yaml::{Node, Value};

/// Beginning of a link's key that shapes one direction.
const FROM: &str = "from-";

record! {
    /// The settings of a link for both directions.
    struct LinkSettings = "{delay: 10ms}" {
        optional {
            /// Delay of every frame, in each direction.
            delay: crate::value::Time,
            /// Greatest deviation from the delay, uniformly distributed.
            jitter: crate::value::Time,
            /// Frames lost at random, in percent, in each direction.
            loss: crate::value::Percent,
            /// Bits per second, in each direction.
            rate: crate::value::Rate,
            /// The largest IP packet in bytes; `1500` if left out.
            mtu: Size,
        }
    }
}

/// The form of a link. Its keys are settings, `from-NODE`, and two nodes.
pub(crate) struct LinkForm {
    pub(crate) span: Span,
    pub(crate) settings: LinkSettings,
    /// The shapes by the name of the sending node.
    pub(crate) directions: Vec<(Spanned<String>, ShapeForm)>,
    /// All other keys: nodes with their addresses, if the nodes exist.
    pub(crate) ends: Vec<(Spanned<String>, Node)>,
}

/// Whether a node with this name would be mistaken for a setting of a link.
pub(crate) fn is_setting(name: &str) -> bool {
    LinkSettings::KEYS.contains(&name) || name.starts_with(FROM)
}

/// The settings of a link, for suggestions.
pub(crate) fn setting_keys() -> &'static [&'static str] {
    LinkSettings::KEYS
}

impl Read for LinkForm {
    fn read(node: &Node, problems: &mut Problems<'_>) -> Option<Self> {
        let Value::Map(entries) = &node.value else {
            let message = format!("expected a link, found {}", node.found());
            problems.add(node.span, message, "not a link").help(
                "a link is its two nodes with their addresses: \
                 `{client: 10.0.1.1/24, server: 10.0.1.2/24}`",
            );
            return None;
        };
        let mut settings = Vec::new();
        let mut directions = Vec::new();
        let mut ends = Vec::new();
        for (key, value) in entries {
            if LinkSettings::KEYS.contains(&key.value.as_str()) {
                settings.push((key.clone(), value.clone()));
            } else if let Some(from) = key.value.strip_prefix(FROM) {
                let start = key.span.end.saturating_sub(from.len()).max(key.span.start);
                let from = Spanned {
                    value: from.to_owned(),
                    span: Span { start, ..key.span },
                };
                if let Some(shape) = ShapeForm::read(value, problems) {
                    directions.push((from, shape));
                }
            } else {
                ends.push((key.clone(), value.clone()));
            }
        }
        let settings = Node {
            span: node.span,
            value: Value::Map(settings),
        };
        Some(Self {
            span: node.span,
            settings: LinkSettings::read(&settings, problems)?,
            directions,
            ends,
        })
    }
}

impl LinkForm {
    pub(crate) fn mtu(&self) -> &Optional<Size> {
        &self.settings.mtu
    }
}

impl JsonSchema for LinkForm {
    fn schema_name() -> Cow<'static, str> {
        "link".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = LinkSettings::json_schema(generator);
        let addresses = generator.subschema_for::<OneOrMany<Prefixed>>();
        let shape = generator.subschema_for::<ShapeForm>();
        let more = json_schema!({
            "description": "A cable between two nodes. Each end is a node's name with its \
                address there, or a list of addresses.",
            "minProperties": 2,
            "patternProperties": {"^from-": shape},
            "additionalProperties": addresses,
            "x-example": "{client: 10.0.1.1/24, server: 10.0.1.2/24, delay: 10ms}",
        });
        if let (Some(schema), Some(more)) = (schema.as_object_mut(), more.as_object()) {
            schema.extend(more.clone());
        }
        schema
    }
}
