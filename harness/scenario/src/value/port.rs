//! SCTP ports.

use std::num::NonZeroU16;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::read::{Word, Wrong};
use crate::yaml::shortened;

/// An SCTP port. Port 0 must not be used (RFC 9260 section 3.1).
#[derive(Clone, Copy)]
pub(crate) struct Port(pub(crate) NonZeroU16);

impl Word for Port {
    const EXPECTED: &'static str = "a port from 1 to 65535";

    fn parse(text: &str) -> Result<Self, Wrong> {
        text.parse().map(Self).map_err(|_| {
            Wrong::new(
                format!("`{}` is not a port", shortened(text)),
                "a port is a number from 1 to 65535, such as `5000`",
            )
        })
    }
}

impl JsonSchema for Port {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "port".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "integer", "minimum": 1, "maximum": u16::MAX, "examples": [5000]})
    }
}
