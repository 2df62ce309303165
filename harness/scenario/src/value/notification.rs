//! The words for notifications, and the list under `subscribe:`.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::diagnostic::Problems;
use crate::model::NotificationKind;
use crate::read::{Choice, ChoiceOf, List, Read};
use crate::yaml::{Node, Value};

impl Choice for NotificationKind {
    const WHAT: &'static str = "a notification";

    fn choices() -> Vec<(Cow<'static, str>, Self)> {
        Self::ALL
            .into_iter()
            .chain([Self::SendFailed])
            .map(|kind| (kind.word().into(), kind))
            .collect()
    }
}

/// The notifications to which an endpoint subscribes: `all`, or a list.
pub(crate) struct Subscription(pub(crate) Vec<NotificationKind>);

impl Read for Subscription {
    fn read(node: &Node, problems: &mut Problems<'_>) -> Option<Self> {
        match &node.value {
            Value::Scalar(word) if word == "all" => Some(Self(NotificationKind::ALL.to_vec())),
            Value::List(_) => {
                let list = List::<ChoiceOf<NotificationKind>>::read(node, problems)?;
                let kinds = list.items.into_iter().map(|item| item.value.0).collect();
                (!list.broken).then_some(Self(kinds))
            }
            _ => {
                let message = format!("expected notifications, found {}", node.found());
                problems
                    .add(node.span, message, "not notifications")
                    .help("write `all`, or a list such as `[assoc-change, peer-addr-change]`");
                None
            }
        }
    }
}

impl JsonSchema for Subscription {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "subscription".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let kinds = List::<ChoiceOf<NotificationKind>>::json_schema(generator);
        json_schema!({"anyOf": [{"const": "all"}, kinds]})
    }
}
