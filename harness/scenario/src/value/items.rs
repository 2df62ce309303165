//! Descriptions of chunks for a packet that a scripted peer sends.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use wire::build::{Family, Holds, Item, Kind, Slot, Value as Built};

use crate::diagnostic::{Problems, Span};
use crate::read::{Read, all_of, suggestion};
use crate::yaml::{Node, Value, shortened};

/// Descriptions of chunks: a list, or one.
pub(crate) struct Chunks(pub(crate) Vec<Item>);

impl Read for Chunks {
    fn read(node: &Node, problems: &mut Problems<'_>) -> Option<Self> {
        read_items(Family::Chunks, node, problems).map(Self)
    }
}

/// A list of items, or one.
fn read_items(family: Family, node: &Node, problems: &mut Problems<'_>) -> Option<Vec<Item>> {
    let nodes = match &node.value {
        Value::List(nodes) => nodes.as_slice(),
        _ => std::slice::from_ref(node),
    };
    // Collected first, so that all mistakes are noted.
    let items: Vec<_> = nodes
        .iter()
        .map(|node| read_item(family, node, problems))
        .collect();
    items.into_iter().collect()
}

fn read_item(family: Family, node: &Node, problems: &mut Problems<'_>) -> Option<Item> {
    let (name, span, said) = match &node.value {
        Value::Scalar(name) if !name.is_empty() => (name, node.span, None),
        Value::Map(entries) if entries.len() == 1 => {
            let (key, said) = entries.first()?;
            (&key.value, key.span, Some(said))
        }
        _ => {
            let one = family.one();
            let message = format!("expected one {one}, found {}", node.found());
            problems
                .add(node.span, message, format!("not a {one}"))
                .help(
                    "write its name, or a map from its name to what it says: \
                 `{init: {initiate-tag: 1}}`",
                );
            return None;
        }
    };
    let kind = find_kind(family, name, span, problems)?;
    let item = Item::new(kind);
    match said.map(|said| (said, &said.value)) {
        None => Some(item),
        Some((_, Value::Scalar(text))) if text.is_empty() => Some(item),
        Some((_, Value::Map(entries))) => {
            let mut item = item;
            let mut wrong = false;
            for (key, value) in entries {
                let read = find_slot(kind, &key.value, key.span, problems)
                    .and_then(|slot| Some((slot.name, read_value(kind, slot, value, problems)?)));
                match read {
                    Some((slot, value)) => item = item.with(slot, value),
                    None => wrong = true,
                }
            }
            (!wrong).then_some(item)
        }
        Some((said, _)) => {
            let Some(slot) = kind.main_slot() else {
                problems
                    .add(
                        said.span,
                        format!("{kind} has no main field for a bare value"),
                        "no name",
                    )
                    .help(format!(
                        "write `{{{name}: {{name: value}}}}`; {}",
                        slots_of(kind)
                    ));
                return None;
            };
            Some(item.with(slot.name, read_value(kind, slot, said, problems)?))
        }
    }
}

fn read_value(kind: Kind, slot: Slot, node: &Node, problems: &mut Problems<'_>) -> Option<Built> {
    if let Holds::Items(family) = slot.holds {
        return read_items(family, node, problems).map(Built::Items);
    }
    match &node.value {
        Value::List(nodes) if slot.takes_many() => {
            let values: Vec<_> = nodes
                .iter()
                .map(|node| read_scalar(kind, slot, node, problems))
                .collect();
            values.into_iter().collect::<Option<_>>().map(Built::List)
        }
        _ => read_scalar(kind, slot, node, problems),
    }
}

fn read_scalar(kind: Kind, slot: Slot, node: &Node, problems: &mut Problems<'_>) -> Option<Built> {
    let text = match &node.value {
        Value::Scalar(text) => text.as_str(),
        Value::List(_) | Value::Map(_) => "",
    };
    let value = slot.parse(text).filter(|_| !text.is_empty());
    if value.is_none() {
        let message = format!("`{}` of {kind} cannot be {}", slot.name, node.found());
        problems
            .add(node.span, message, "not a possible value")
            .help(format!("write {}", slot.expected()));
    }
    value
}

/// The kind of item with this name, and a mistake if there is none.
pub(super) fn find_kind(
    family: Family,
    name: &str,
    span: Span,
    problems: &mut Problems<'_>,
) -> Option<Kind> {
    let kind = family.kind(name);
    if kind.is_none() {
        let names = family.names();
        let names = || names.iter().map(String::as_str);
        let help = match suggestion(name, names(), problems) {
            Some(likely) => format!("did you mean `{likely}`?"),
            None => format!(
                "there are {}; one that has no name goes by its number, such as `0x6f`",
                all_of(names())
            ),
        };
        let message = format!("there is no {} `{}`", family.one(), shortened(name));
        problems.add(span, message, "unknown").help(help);
    }
    kind
}

fn find_slot(kind: Kind, name: &str, span: Span, problems: &mut Problems<'_>) -> Option<Slot> {
    let slot = kind.slot(name);
    if slot.is_none() {
        let slots = kind.slots();
        let help = match suggestion(name, slots.iter().map(|slot| slot.name), problems) {
            Some(likely) => format!("did you mean `{likely}`?"),
            None => slots_of(kind),
        };
        let message = format!("{kind} has no `{}`", shortened(name));
        problems.add(span, message, "unknown").help(help);
    }
    slot
}

fn slots_of(kind: Kind) -> String {
    let slots = kind.slots();
    format!("it has {}", all_of(slots.iter().map(|slot| slot.name)))
}

impl JsonSchema for Chunks {
    fn schema_name() -> Cow<'static, str> {
        "chunks".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let item = json_schema!({"type": ["string", "object", "integer"]});
        json_schema!({
            "description": "Chunks in their order: a name, or a map from a name to what the chunk \
                            says. What is left out, the peer fills in.",
            "examples": ["init", "[sack, {data: {payload: 100 bytes}}]"],
            "anyOf": [item, {"type": "array", "items": item}],
        })
    }
}
