//! Payload protocol identifiers, such as `46` or `0x2e`.

use schemars::{JsonSchema, Schema, SchemaGenerator};

use super::hexadecimal;
use crate::read::{Word, Wrong, word_schema};
use crate::yaml::shortened;

/// A payload protocol identifier, with the value that it has on the wire.
#[derive(Clone, Copy)]
pub(crate) struct Ppid(pub(crate) u32);

impl Word for Ppid {
    const EXPECTED: &'static str = "a payload protocol identifier such as `46` or `0x2e`";

    fn parse(text: &str) -> Result<Self, Wrong> {
        match text.strip_prefix("0x") {
            Some(digits) => hexadecimal::number(digits),
            None => text.parse().ok(),
        }
        .map(Self)
        .ok_or_else(|| {
            Wrong::new(
                format!("`{}` is not a payload protocol identifier", shortened(text)),
                "it is a number of 32 bits, decimal or with `0x` in front",
            )
        })
    }
}

impl JsonSchema for Ppid {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ppid".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        word_schema(
            "A payload protocol identifier as it stands on the wire, decimal or hexadecimal.",
            "^(0x[0-9a-fA-F]{1,8}|[0-9]{1,10})$",
            Some("integer"),
            &["46", "0x2e"],
        )
    }
}
