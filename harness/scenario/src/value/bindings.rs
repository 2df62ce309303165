//! Names that a scripted peer binds to values, and the values of a packet's header.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use wire::ChunkType;
use wire::build::{Holds, Later, Slot, Value as Built};
use wire::field::FieldSpec;

use crate::diagnostic::{Problems, Span, Spanned};
use crate::read::{Read, Word, Wrong};
use crate::value::Name;
use crate::yaml::{Node, Value, shortened};

/// A name for a value that was received or sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The name.
    pub name: String,
    /// The value.
    pub what: Bound,
}

/// A value that can have a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bound {
    /// A field of the first chunk of that type in the received packet.
    Field(ChunkType, &'static str),
    /// A value, or the value of another name.
    Value(Built),
}

/// A map from names to what each stands for: a field, another name, or a number.
pub(crate) struct Bindings(pub(crate) Vec<Binding>, pub(crate) Span);

impl Read for Bindings {
    fn read(node: &Node, problems: &mut Problems<'_>) -> Option<Self> {
        let Value::Map(entries) = &node.value else {
            let message = format!(
                "expected names and what they are for, found {}",
                node.found()
            );
            problems
                .add(node.span, message, "no names")
                .help("write `{their-cookie: init-ack.cookie}`");
            return None;
        };
        let bindings: Vec<_> = entries
            .iter()
            .map(|(key, node)| binding(key, node, problems))
            .collect();
        let bindings = bindings.into_iter().collect::<Option<_>>()?;
        Some(Self(bindings, node.span))
    }
}

fn binding(key: &Spanned<String>, node: &Node, problems: &mut Problems<'_>) -> Option<Binding> {
    if let Some((message, help)) = Name::fault(&key.value) {
        problems.add(key.span, message, "this name").help(help);
        return None;
    }
    let text = match &node.value {
        Value::Scalar(text) => text.as_str(),
        Value::List(_) | Value::Map(_) => "",
    };
    let what = value(text).or_else(|| field(text));
    if what.is_none() {
        let message = format!("a name cannot stand for {}", node.found());
        problems
            .add(node.span, message, "not known")
            .help("write a field as `init-ack.cookie`, a name as `$peer-tag`, or a number");
    }
    Some(Binding {
        name: key.value.clone(),
        what: what?,
    })
}

fn value(text: &str) -> Option<Bound> {
    let number = Slot {
        name: "",
        holds: Holds::Number(u32::MAX),
    };
    let value = number.parse(text)?;
    Some(Bound::Value(value))
}

fn field(text: &str) -> Option<Bound> {
    let (kind, field) = text.split_once('.')?;
    let kind: ChunkType = kind.parse().ok()?;
    let FieldSpec { name, .. } = kind.field(field)?;
    Some(Bound::Field(kind, name))
}

impl JsonSchema for Bindings {
    fn schema_name() -> Cow<'static, str> {
        "bindings".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Names, each with what it is for: a field of a chunk that came, such as \
                            `init-ack.cookie`, what is known by another name, such as `$peer-tag`, \
                            or a number.",
            "type": "object",
            "minProperties": 1,
            "additionalProperties": {"type": ["string", "integer"]},
        })
    }
}

/// A value in a packet's header, with its text: a number, an address, or a name.
#[derive(Clone)]
pub(crate) struct HeaderValue(pub(crate) Built, pub(crate) String);

impl Word for HeaderValue {
    const EXPECTED: &'static str = "a number, an address, or a name such as `$peer-tag`";

    fn parse(text: &str) -> Result<Self, Wrong> {
        let holds = [Holds::Number(u32::MAX), Holds::Address];
        let mut values = holds.iter().filter_map(|holds| {
            let slot = Slot {
                name: "",
                holds: *holds,
            };
            slot.parse(text)
        });
        match values.next() {
            Some(value) => Ok(Self(value, text.to_owned())),
            None => Err(Wrong::new(
                format!("`{}` is none of these", shortened(text)),
                "write `0x01`, `10.0.1.2`, or `$tag`",
            )),
        }
    }
}

impl HeaderValue {
    /// The name, if the value is one.
    pub(crate) fn name(&self) -> Option<&Later> {
        match &self.0 {
            Built::Later(later) => Some(later),
            _ => None,
        }
    }
}

impl JsonSchema for HeaderValue {
    fn schema_name() -> Cow<'static, str> {
        "header-value".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": ["string", "integer"], "examples": ["$peer-tag", 0, "10.0.1.2"]})
    }
}
