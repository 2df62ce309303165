//! Roles of endpoints: `echo`, `answer`, or `{relay: other}`.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::Reference;
use crate::diagnostic::{Problems, Spanned};
use crate::model::{EndpointName, Role};
use crate::read::{Read, Word};
use crate::yaml::{Node, Value};

/// The role of an endpoint towards the messages that it receives: a word, or a map that
/// names another endpoint.
pub(crate) enum RoleForm {
    Echo,
    Answer,
    Relay(Spanned<Reference>),
}

impl RoleForm {
    pub(crate) fn role(&self) -> Role {
        match self {
            RoleForm::Echo => Role::Echo,
            RoleForm::Answer => Role::Answer,
            RoleForm::Relay(to) => Role::Relay(EndpointName::new(&to.value.0)),
        }
    }
}

impl Read for RoleForm {
    fn read(node: &Node, problems: &mut Problems<'_>) -> Option<Self> {
        match &node.value {
            Value::Scalar(word) if word == "echo" => return Some(Self::Echo),
            Value::Scalar(word) if word == "answer" => return Some(Self::Answer),
            Value::Map(entries) => {
                if let [(key, to)] = entries.as_slice()
                    && key.value == "relay"
                    && let Value::Scalar(name) = &to.value
                {
                    let value = Reference::parse(name).ok()?;
                    let span = to.span;
                    return Some(Self::Relay(Spanned { value, span }));
                }
            }
            _ => {}
        }
        let message = format!("expected a role, found {}", node.found());
        problems
            .add(node.span, message, "not a role")
            .help("write `echo`, `answer`, or `{relay: other}` with the name of an endpoint");
        None
    }
}

impl JsonSchema for RoleForm {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "role".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let name = generator.subschema_for::<Reference>();
        json_schema!({"anyOf": [
            {"enum": ["echo", "answer"]},
            {
                "type": "object",
                "properties": {"relay": name},
                "required": ["relay"],
                "additionalProperties": false
            }
        ]})
    }
}
