//! Durations in JSON: whole milliseconds of 32 bits.

use std::time::Duration;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serializer};

pub(super) fn serialize<S: Serializer>(duration: &Duration, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_u32(u32::try_from(duration.as_millis()).unwrap_or(u32::MAX))
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
    let milliseconds = u64::deserialize(from)?;
    let Ok(milliseconds) = u32::try_from(milliseconds) else {
        let words = format!("{milliseconds} ms is too long for a timer: timers have 32 bits");
        return Err(D::Error::custom(words));
    };
    Ok(Duration::from_millis(milliseconds.into()))
}
