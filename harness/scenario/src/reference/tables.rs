//! The tables at the end of the reference: values, capabilities, and the fields that
//! `where` can test.

use serde_json::Value;
use wire::ChunkType;

use super::{Page, text_of};
use crate::model::{Capability, MESSAGE_FIELDS, NotificationKind, PATH_FIELDS};

impl Page<'_> {
    pub(super) fn values(&mut self) {
        self.line("## Values\n\n| value | is | such as |\n|---|---|---|");
        let all = self.definitions.into_iter().flatten();
        for (name, schema) in all.filter(|(_, schema)| schema.get("examples").is_some()) {
            let examples = schema.get("examples").and_then(Value::as_array);
            let examples: Vec<String> = examples
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .map(|example| format!("`{example}`"))
                .collect();
            let about = text_of(schema, "description").replace('\n', " ");
            self.line(&format!("| {name} | {about} | {} |", examples.join(", ")));
        }
    }

    pub(super) fn capabilities(&mut self) {
        self.line("\n## Capabilities\n");
        self.line("What a scenario can need.\n\n| capability | |\n|---|---|");
        for capability in Capability::ALL {
            self.line(&format!("| `{capability}` | {} |", capability.about()));
        }
    }

    pub(super) fn chunk_fields(&mut self) {
        self.line("\n## Fields of chunks\n");
        self.line(
            "What can stand in a chunk's `where`. A flag is `true` or `false`; a number is one \
             such as `3`, or a range such as `1..5`, `1..` or `..5`; codes have names, such as \
             `stale-cookie`, and numbers; bytes are hexadecimal, such as `0x0a0b`; a range of gap \
             blocks is written `2-3`.\n",
        );
        self.line("| chunk | field | value | |\n|---|---|---|---|");
        for kind in ChunkType::ALL {
            for (index, field) in kind.fields().iter().enumerate() {
                let chunk = if index == 0 {
                    kind.to_string()
                } else {
                    String::new()
                };
                let many = if field.many { ", any number" } else { "" };
                let (name, kind, about) = (field.name, field.kind, field.about);
                self.line(&format!("| {chunk} | `{name}` | {kind}{many} | {about} |"));
            }
        }
    }

    pub(super) fn notification_fields(&mut self) {
        self.line("\n## Fields of notifications\n");
        self.line(
            "What can stand in the `where` of an `expect` or of `notifications`, as RFC 6458 and \
             RFC 6525 name it. States, flags and indications are written by their names there, \
             such as `SCTP_DATA_UNSENT`; several flags are joined by `|`; numbers are decimal, \
             data is hexadecimal without `0x`.\n",
        );
        self.line("| notification | is | fields |\n|---|---|---|");
        let deprecated = [NotificationKind::SendFailed];
        for kind in NotificationKind::ALL.into_iter().chain(deprecated) {
            let (word, constant) = (kind.word(), kind.constant());
            let fields = joined(kind.fields());
            self.line(&format!("| `{word}` | `{constant}` | {fields} |"));
        }
    }

    pub(super) fn other_fields(&mut self) {
        self.line("\n## Fields of messages and paths\n");
        self.line(&format!(
            "In the `where` of `messages`: {}. The first ones are of the message; the others are \
             those of its ancillary data by their names in RFC 6458. `rcvinfo`, `nxtinfo`, \
             `sndrcv` and `extrcv` say whether the item came: `present` or `absent`.\n",
            joined(MESSAGE_FIELDS)
        ));
        self.line(&format!(
            "In the `where` of `paths`: {}. The last three are there where the kernel tells \
             them: Linux does of the primary path. States are `SCTP_ACTIVE`, \
             `SCTP_POTENTIALLY_FAILED`, `SCTP_INACTIVE` and `SCTP_UNCONFIRMED`.",
            joined(PATH_FIELDS)
        ));
    }
}

fn joined(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}
