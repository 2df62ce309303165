//! Bits of a byte, such as `0x80`.

use std::num::NonZeroU8;

use schemars::{JsonSchema, Schema, SchemaGenerator};

use super::hexadecimal;
use crate::read::{Word, Wrong, word_schema};
use crate::yaml::shortened;

/// Bits of a byte, of which at least one is set.
#[derive(Clone, Copy)]
pub(crate) struct Bits(pub(crate) NonZeroU8);

impl Word for Bits {
    const EXPECTED: &'static str = "bits of a byte such as `0x80`";

    fn parse(text: &str) -> Result<Self, Wrong> {
        let digits = text.strip_prefix("0x");
        let number = match digits {
            Some(digits) => hexadecimal::number(digits).and_then(|it| it.try_into().ok()),
            None => text.parse().ok(),
        };
        number.and_then(NonZeroU8::new).map(Self).ok_or_else(|| {
            Wrong::new(
                format!("`{}` are not bits of a byte", shortened(text)),
                "write a number from `0x01` to `0xff`",
            )
        })
    }
}

impl JsonSchema for Bits {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "bits".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        word_schema(
            "Bits of a byte, decimal or hexadecimal; at least one.",
            "^(0x[0-9a-fA-F]{1,2}|[0-9]{1,3})$",
            Some("integer"),
            &["0x01", "0x80"],
        )
    }
}
