//! Data rates, such as `10Mbit/s`.

use schemars::{JsonSchema, Schema, SchemaGenerator};

use super::quantity::split;
use crate::read::{Word, Wrong, all_of, word_schema};

/// A data rate in bits per second.
#[derive(Clone, Copy)]
pub(crate) struct Rate(pub(crate) u64);

const UNITS: [(&str, u64); 4] = [
    ("bit/s", 1),
    ("kbit/s", 1000),
    ("Mbit/s", 1_000_000),
    ("Gbit/s", 1_000_000_000),
];

impl Word for Rate {
    const EXPECTED: &'static str = "a rate such as `10Mbit/s`";

    fn parse(text: &str) -> Result<Self, Wrong> {
        let (number, unit) = split(text, "a rate", "10Mbit/s")?;
        let Some((_, factor)) = UNITS.iter().find(|(name, _)| *name == unit) else {
            let message = if unit.is_empty() {
                format!("`{text}` has no unit")
            } else {
                format!("`{unit}` is not a unit of rate")
            };
            let units = all_of(UNITS.map(|(name, _)| name));
            return Err(Wrong::new(message, format!("the units are {units}")));
        };
        match number.times(*factor) {
            Some(0) => Err(Wrong::new(
                "a rate of 0 lets nothing through",
                "use `cut` to stop all frames",
            )),
            Some(bits) => Ok(Self(bits)),
            None => Err(Wrong::new(
                format!("`{text}` is not a whole number of bits a second"),
                "write it in a smaller unit",
            )),
        }
    }
}

impl JsonSchema for Rate {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "rate".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        word_schema(
            "A data rate with its unit: bit/s, kbit/s, Mbit/s or Gbit/s.",
            r"^[0-9]+(\.[0-9]+)? ?[kMG]?bit/s$",
            None,
            &["10Mbit/s", "64kbit/s"],
        )
    }
}
