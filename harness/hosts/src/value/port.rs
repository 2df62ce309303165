//! The ssh port of a target.

use std::num::NonZeroU16;

use document::read::{Word, Wrong};
use document::yaml::shortened;

/// A TCP port from 1 to 65535.
pub(crate) struct Port(pub(crate) NonZeroU16);

impl Word for Port {
    const EXPECTED: &'static str = "a port from 1 to 65535";

    fn parse(text: &str) -> Result<Self, Wrong> {
        text.parse().map(Self).map_err(|_| {
            Wrong::new(
                format!("`{}` is not a port", shortened(text)),
                "a port is a number from 1 to 65535; ssh's own is 22",
            )
        })
    }
}

document::inline_schema!(Port, "port", {
    "type": "integer",
    "minimum": 1,
    "maximum": 65535,
    "examples": [22],
});
