//! Differentiated services code points, from 0 to 63.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::read::{Word, Wrong};
use crate::yaml::shortened;

/// A differentiated services code point: six bits of the IP header (RFC 2474 section 3).
#[derive(Clone, Copy)]
pub(crate) struct Dscp(pub(crate) u8);

const MOST: u8 = 0b11_1111;

impl Word for Dscp {
    const EXPECTED: &'static str = "a code point from 0 to 63";

    fn parse(text: &str) -> Result<Self, Wrong> {
        let number = text.parse().ok();
        number
            .filter(|number| *number <= MOST)
            .map(Self)
            .ok_or_else(|| {
                Wrong::new(
                    format!("`{}` is not a code point from 0 to {MOST}", shortened(text)),
                    "write such a number, in digits: 46 is EF, 34 is AF41, 0 is the default",
                )
            })
    }
}

impl JsonSchema for Dscp {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "dscp".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "integer", "minimum": 0, "maximum": MOST})
    }
}
