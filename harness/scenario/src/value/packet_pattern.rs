//! Patterns for the chunks of a packet that a scripted peer waits for.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use wire::build::{Family, Hmac, Kind, Later};
use wire::field::{FieldSpec, FieldTest};

use super::items::find_kind;
use crate::diagnostic::Problems;
use crate::model::{ChunkWanted, FieldOfChunk};
use crate::read::{Read, all_of, suggestion};
use crate::yaml::{Node, Value, shortened};

/// Patterns for the chunks of one packet: a list, or one.
pub(crate) struct ChunkPatterns(pub(crate) Vec<ChunkWanted>);

/// Patterns for each of several packets, of which any may come.
pub(crate) struct Alternatives(pub(crate) Vec<ChunkPatterns>);

impl Read for ChunkPatterns {
    fn read(node: &Node, problems: &mut Problems<'_>) -> Option<Self> {
        let nodes = match &node.value {
            Value::List(nodes) => nodes.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let chunks: Vec<_> = nodes.iter().map(|node| chunk(node, problems)).collect();
        chunks.into_iter().collect::<Option<_>>().map(Self)
    }
}

impl Read for Alternatives {
    fn read(node: &Node, problems: &mut Problems<'_>) -> Option<Self> {
        let Value::List(nodes) = &node.value else {
            let message = format!("expected a list of packets, found {}", node.found());
            problems
                .add(node.span, message, "not a list")
                .help("write the chunks of each: `[[abort], [shutdown-ack]]`");
            return None;
        };
        let all: Vec<_> = nodes
            .iter()
            .map(|node| ChunkPatterns::read(node, problems))
            .collect();
        all.into_iter().collect::<Option<_>>().map(Self)
    }
}

fn chunk(node: &Node, problems: &mut Problems<'_>) -> Option<ChunkWanted> {
    let (name, span, wanted) = match &node.value {
        Value::Scalar(name) if !name.is_empty() => (name, node.span, None),
        Value::Map(entries) if entries.len() == 1 => {
            let (key, wanted) = entries.first()?;
            (&key.value, key.span, Some(wanted))
        }
        _ => {
            let message = format!("expected a chunk, found {}", node.found());
            problems.add(node.span, message, "not a chunk").help(
                "write its name, or a map from its name to what its fields must say: \
                 `{abort: {cause: no-user-data}}`",
            );
            return None;
        }
    };
    let Kind::Chunk(kind) = find_kind(Family::Chunks, name, span, problems)? else {
        return None;
    };
    let entries = match wanted.map(|wanted| (&wanted.value, wanted)) {
        None => &[][..],
        Some((Value::Scalar(text), _)) if text.is_empty() => &[],
        Some((Value::Map(entries), _)) => entries.as_slice(),
        Some((_, node)) => {
            let message = format!("expected fields and their values, found {}", node.found());
            problems.add(node.span, message, "no fields");
            return None;
        }
    };
    let fields: Vec<_> = entries
        .iter()
        .map(|(key, node)| {
            let Some(field) = kind.field(&key.value) else {
                let fields = kind.fields();
                let names = || fields.iter().map(|field| field.name);
                let help = match suggestion(&key.value, names(), problems) {
                    Some(likely) => format!("did you mean `{likely}`?"),
                    None => format!("its fields are {}", all_of(names())),
                };
                let message = format!("{kind} has no field `{}`", shortened(&key.value));
                problems.add(key.span, message, "unknown field").help(help);
                return None;
            };
            values(field, node, problems)
        })
        .collect();
    Some(ChunkWanted {
        kind,
        fields: fields.into_iter().collect::<Option<_>>()?,
    })
}

fn values(field: FieldSpec, node: &Node, problems: &mut Problems<'_>) -> Option<FieldOfChunk> {
    let (nodes, exactly) = match &node.value {
        Value::List(nodes) => (nodes.as_slice(), true),
        _ => (std::slice::from_ref(node), false),
    };
    let mut values = Vec::new();
    let mut not = false;
    for node in nodes {
        let text = match &node.value {
            Value::Scalar(text) => text.as_str(),
            Value::List(_) | Value::Map(_) => "",
        };
        let text = match text.strip_prefix("not ") {
            Some(text) if !exactly => {
                not = true;
                text
            }
            _ => text,
        };
        let good = match text.strip_prefix('$') {
            Some(later) => Later::parse(later).is_some(),
            None => FieldTest::member(field, text).is_some() || is_hmac(field, text),
        };
        if !good {
            let message = format!("`{}` cannot be {}", field.name, node.found());
            let hmac = if field.name == "hmac" {
                "`good`, `bad`, "
            } else {
                ""
            };
            problems.add(node.span, message, "not a possible value").help(format!(
                "write {hmac}{}, or a name such as `$tsn + 1`, or `not` and one of these; this is {}",
                field.expected(),
                field.about
            ));
            return None;
        }
        values.push(text.to_owned());
    }
    Some(FieldOfChunk {
        field,
        values,
        not,
        exactly,
    })
}

/// Whether the text asks for a right or a wrong HMAC. Only the scripted peer can compare
/// that, since it has the keys.
fn is_hmac(field: FieldSpec, text: &str) -> bool {
    field.name == "hmac" && Hmac::named(text).is_some()
}

fn one_schema() -> Schema {
    let item = json_schema!({"type": ["string", "object", "integer"]});
    json_schema!({"anyOf": [item, {"type": "array", "items": item}]})
}

impl JsonSchema for ChunkPatterns {
    fn schema_name() -> Cow<'static, str> {
        "chunk-patterns".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let mut schema = one_schema();
        let about = "Chunks that the packet has, in this order: a name, or a map from a name to \
                     what fields must say.";
        schema.insert("description".to_owned(), about.into());
        schema.insert(
            "examples".to_owned(),
            serde_json::json!(["init-ack", "[{abort: {cause: no-user-data}}]"]),
        );
        schema
    }
}

impl JsonSchema for Alternatives {
    fn schema_name() -> Cow<'static, str> {
        "alternatives".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "array", "minItems": 2, "items": one_schema()})
    }
}
