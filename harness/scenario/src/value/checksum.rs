//! Checksums of packets: `good`, `wrong`, `zero`, `adler-32`, or a number.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use wire::build::Sum;

use super::hexadecimal;
use crate::read::{Word, Wrong};
use crate::yaml::shortened;

/// The checksum of a packet.
#[derive(Clone, Copy)]
pub(crate) struct ChecksumForm(pub(crate) Sum);

impl Word for ChecksumForm {
    const EXPECTED: &'static str = "`good`, `wrong`, `zero`, `adler-32` or a number such as `0x01`";

    fn parse(text: &str) -> Result<Self, Wrong> {
        let number = || hexadecimal::number(text.strip_prefix("0x")?);
        match text {
            "good" => Ok(Self(Sum::Good)),
            "wrong" => Ok(Self(Sum::Wrong)),
            "zero" => Ok(Self(Sum::Zero)),
            "adler-32" => Ok(Self(Sum::Adler32)),
            _ => number().map(|it| Self(Sum::Number(it))).ok_or_else(|| {
                Wrong::new(
                    format!("`{}` is no checksum", shortened(text)),
                    "leave it out for one that is right",
                )
            }),
        }
    }
}

impl JsonSchema for ChecksumForm {
    fn schema_name() -> Cow<'static, str> {
        "checksum".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"anyOf": [
            {"enum": ["good", "wrong", "zero", "adler-32"]},
            {"type": "string", "pattern": "^0x[0-9a-fA-F]{1,8}$"},
        ]})
    }
}
