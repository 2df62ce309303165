//! Sizes in bytes, such as `64KiB`.

use schemars::{JsonSchema, Schema, SchemaGenerator};

use super::quantity::split;
use crate::read::{Word, Wrong, all_of, word_schema};

/// A number of bytes.
#[derive(Clone, Copy)]
pub(crate) struct Size(pub(crate) u64);

const UNITS: [(&str, u64); 6] = [
    ("", 1),
    ("B", 1),
    ("kB", 1000),
    ("KiB", 1024),
    ("MB", 1_000_000),
    ("MiB", 1_048_576),
];

impl Word for Size {
    const EXPECTED: &'static str = "a size such as `100` (bytes) or `64KiB`";

    fn parse(text: &str) -> Result<Self, Wrong> {
        let (number, unit) = split(text, "a size", "64KiB")?;
        let Some((_, factor)) = UNITS.iter().find(|(name, _)| *name == unit) else {
            let right = UNITS
                .iter()
                .find(|(name, _)| name.eq_ignore_ascii_case(unit));
            return Err(Wrong::new(
                format!("`{unit}` is not a unit of size"),
                match right {
                    Some((right, _)) => format!("write `{right}`"),
                    None => format!(
                        "the units are {}",
                        all_of(UNITS.map(|(name, _)| name).into_iter().skip(1))
                    ),
                },
            ));
        };
        number.times(*factor).map(Self).ok_or_else(|| {
            Wrong::new(
                format!("`{text}` is not a whole number of bytes"),
                "write it in bytes",
            )
        })
    }
}

impl JsonSchema for Size {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "size".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        word_schema(
            "A number of bytes, bare or with its unit: B, kB, KiB, MB or MiB.",
            r"^[0-9]+(\.[0-9]+)? ?(B|kB|KiB|MB|MiB)?$",
            Some("integer"),
            &["100", "1500B", "64KiB"],
        )
    }
}
