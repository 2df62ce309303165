//! Whole numbers of 64, 16 and 32 bits.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::hexadecimal;
use crate::read::{Word, Wrong};
use crate::yaml::shortened;

/// A whole number of 64 bits.
#[derive(Clone, Copy)]
pub(crate) struct Number(pub(crate) u64);

impl Word for Number {
    const EXPECTED: &'static str = "a whole number";

    fn parse(text: &str) -> Result<Self, Wrong> {
        text.parse()
            .map(Self)
            .map_err(|_| not_a_number(text, u64::MAX))
    }
}

/// A whole number of 16 bits, such as a stream or a threshold of the protocol.
#[derive(Clone, Copy)]
pub(crate) struct Small(pub(crate) u16);

impl Word for Small {
    const EXPECTED: &'static str = "a whole number up to 65535";

    fn parse(text: &str) -> Result<Self, Wrong> {
        text.parse()
            .map(Self)
            .map_err(|_| not_a_number(text, u16::MAX.into()))
    }
}

/// A whole number of 32 bits, decimal or hexadecimal.
#[derive(Clone, Copy)]
pub(crate) struct Wide(pub(crate) u32);

impl Word for Wide {
    const EXPECTED: &'static str = "a whole number up to 4294967295";

    fn parse(text: &str) -> Result<Self, Wrong> {
        let number = match text.strip_prefix("0x") {
            Some(digits) => hexadecimal::number(digits),
            None => text.parse().ok(),
        };
        number
            .map(Self)
            .ok_or_else(|| not_a_number(text, u32::MAX.into()))
    }
}

fn not_a_number(text: &str, most: u64) -> Wrong {
    let digits = text.trim_start_matches('-');
    let message = if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        format!("`{}` is not a whole number", shortened(text))
    } else if digits.len() < text.len() {
        format!("`{}` is less than 0", shortened(text))
    } else {
        format!("`{}` is more than {most}", shortened(text))
    };
    let help = if most == u64::MAX {
        "write a number in digits, 0 or more".to_owned()
    } else {
        format!("write a number from 0 to {most}, in digits")
    };
    Wrong::new(message, help)
}

macro_rules! number_schema {
    ($type:ident, $schema:tt) => {
        impl JsonSchema for $type {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($type).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    };
}

number_schema!(Number, {"type": "integer", "minimum": 0});
number_schema!(Wide, {
    "type": ["integer", "string"],
    "pattern": "^(0x[0-9a-fA-F]{1,8}|[0-9]{1,10})$",
    "minimum": 0,
    "maximum": u32::MAX,
});
number_schema!(Small, {"type": "integer", "minimum": 0, "maximum": u16::MAX});
