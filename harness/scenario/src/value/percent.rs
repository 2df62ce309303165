//! Shares in percent, such as `0.5%`.

use schemars::{JsonSchema, Schema, SchemaGenerator};

use super::quantity::split;
use crate::read::{Word, Wrong, word_schema};

/// A share in percent, 0 to 100.
#[derive(Clone, Copy)]
pub(crate) struct Percent(pub(crate) f64);

impl Word for Percent {
    const EXPECTED: &'static str = "a share such as `1%`";

    fn parse(text: &str) -> Result<Self, Wrong> {
        let (number, unit) = split(text, "a share", "1%")?;
        if unit != "%" {
            return Err(Wrong::new(
                format!("`{text}` is not in percent"),
                format!("write `{}%`", number.to_f64()),
            ));
        }
        if number.to_f64() > 100.0 {
            return Err(Wrong::new(
                format!("`{text}` is more than 100%"),
                "write `0%` to `100%`",
            ));
        }
        Ok(Self(number.to_f64()))
    }
}

impl JsonSchema for Percent {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "percent".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        word_schema(
            "A share in percent, 0% to 100%.",
            r"^[0-9]+(\.[0-9]+)? ?%$",
            None,
            &["1%", "0.5%"],
        )
    }
}
