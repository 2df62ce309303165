//! HB.interval: a time, or `off`.

use std::time::Duration;

use schemars::{JsonSchema, Schema, SchemaGenerator};

use super::Time;
use crate::read::{Word, Wrong, word_schema};

/// Whether HEARTBEATs are sent on idle paths (RFC 9260 section 8.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeartbeatSetting {
    /// HEARTBEATs are off.
    Off,
    /// HEARTBEATs are on, with this HB.interval.
    Every(Duration),
}

/// An HB.interval, or `off`.
#[derive(Clone, Copy)]
pub(crate) struct HeartbeatForm(pub(crate) HeartbeatSetting);

impl Word for HeartbeatForm {
    const EXPECTED: &'static str = "a time such as `5s`, or `off`";

    fn parse(text: &str) -> Result<Self, Wrong> {
        if text == "off" {
            return Ok(Self(HeartbeatSetting::Off));
        }
        let interval = Time::parse(text)?.0;
        // The option counts whole milliseconds, and its zero means no change (RFC 6458
        // section 8.1.12).
        if interval.as_millis() == 0 || interval.subsec_nanos() % 1_000_000 != 0 {
            return Err(Wrong::new(
                "a timer counts whole milliseconds, 1 or more",
                "write a time such as `500ms` or `30s`, or `off`",
            ));
        }
        Ok(Self(HeartbeatSetting::Every(interval)))
    }
}

impl JsonSchema for HeartbeatForm {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "heartbeat-interval".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        word_schema(
            "A length of time with its unit, or `off`.",
            r"^(off|[0-9]+(\.[0-9]+)? ?[a-z]+)$",
            None,
            &["5s", "500ms", "off"],
        )
    }
}
