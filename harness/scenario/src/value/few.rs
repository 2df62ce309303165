//! Small numbers of frames.

use std::num::NonZeroU32;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::read::{Word, Wrong};
use crate::yaml::shortened;

/// A number of frames from 1 to [`MOST`]. More frames would flood a network.
#[derive(Clone, Copy)]
pub(crate) struct Few(pub(crate) NonZeroU32);

const MOST: u32 = 1000;

impl Few {
    pub(crate) const ONE: Self = Self(NonZeroU32::MIN);
}

impl Word for Few {
    const EXPECTED: &'static str = "a whole number from 1 to 1000";

    fn parse(text: &str) -> Result<Self, Wrong> {
        let number = text.parse().ok();
        number
            .filter(|number: &NonZeroU32| number.get() <= MOST)
            .map(Self)
            .ok_or_else(|| {
                Wrong::new(
                    format!("`{}` is not a number from 1 to {MOST}", shortened(text)),
                    "write such a number, in digits",
                )
            })
    }
}

impl JsonSchema for Few {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "few".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "integer", "minimum": 1, "maximum": MOST})
    }
}
