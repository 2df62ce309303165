//! Times with a unit, such as `1.5s`.

use std::time::Duration;

use schemars::{JsonSchema, Schema, SchemaGenerator};

use super::quantity::split;
use crate::read::{Word, Wrong, all_of, word_schema};

/// A length of time with its unit.
#[derive(Clone, Copy)]
pub(crate) struct Time(pub(crate) Duration);

const UNITS: [(&str, u64); 6] = [
    ("us", 1_000),
    ("ms", 1_000_000),
    ("s", 1_000_000_000),
    ("min", 60_000_000_000),
    ("h", 3_600_000_000_000),
    ("d", 86_400_000_000_000),
];

/// The longest time: no scenario takes longer than a year of protocol time.
const LONGEST: Duration = Duration::from_secs(366 * 86_400);

/// Other spellings of the units, each with the right one for the message.
const ALIASES: [(&str, &str); 10] = [
    ("m", "min"),
    ("sec", "s"),
    ("secs", "s"),
    ("second", "s"),
    ("seconds", "s"),
    ("msec", "ms"),
    ("minutes", "min"),
    ("hours", "h"),
    ("µs", "us"),
    ("S", "s"),
];

impl Word for Time {
    const EXPECTED: &'static str = "a time such as `500ms`, `10s` or `2min`";

    fn parse(text: &str) -> Result<Self, Wrong> {
        let (number, unit) = split(text, "a time", "10s")?;
        if unit.is_empty() {
            return Err(Wrong::new(
                format!("`{text}` has no unit"),
                format!("write `{text}s` or `{text}ms`"),
            ));
        }
        let Some((_, nanoseconds)) = UNITS.iter().find(|(name, _)| *name == unit) else {
            let digits = text.trim_end_matches(unit).trim_end();
            let help = match ALIASES.iter().find(|(alias, _)| *alias == unit) {
                Some((_, right)) => format!("write `{digits}{right}`"),
                None => format!("the units are {}", all_of(UNITS.map(|(name, _)| name))),
            };
            return Err(Wrong::new(format!("`{unit}` is not a unit of time"), help));
        };
        let duration = number
            .times(*nanoseconds)
            .map(Duration::from_nanos)
            .ok_or_else(|| {
                Wrong::new(
                    format!("`{text}` is finer than a nanosecond or longer than a year"),
                    "write a time in between",
                )
            })?;
        if duration > LONGEST {
            return Err(Wrong::new(
                format!("`{text}` is longer than a year"),
                "no scenario takes that long",
            ));
        }
        Ok(Self(duration))
    }
}

impl JsonSchema for Time {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "time".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        word_schema(
            "A length of time with its unit: us, ms, s, min, h or d.",
            r"^[0-9]+(\.[0-9]+)? ?(us|ms|s|min|h|d)$",
            None,
            &["10ms", "1.5s", "2min", "1h"],
        )
    }
}

/// A duration as a scenario would write it.
pub(crate) fn spelled(duration: Duration) -> String {
    let nanoseconds = duration.as_nanos();
    let unit = UNITS.iter().rev().find(|(_, size)| {
        let size = u128::from(*size);
        nanoseconds >= size && nanoseconds.is_multiple_of(size)
    });
    match unit {
        Some((unit, size)) => format!("{}{unit}", nanoseconds / u128::from(*size)),
        None => format!("{}s", duration.as_secs_f64()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_exact() {
        let time = |text| Time::parse(text).ok().map(|time| time.0);
        assert_eq!(time("10ms"), Some(Duration::from_millis(10)));
        assert_eq!(time("1.5 s"), Some(Duration::from_millis(1500)));
        assert_eq!(time("0.1s"), Some(Duration::from_millis(100)));
        assert_eq!(time("2min"), Some(Duration::from_secs(120)));
        assert_eq!(time("1h"), Some(Duration::from_secs(3600)));
    }

    #[test]
    fn what_is_not_a_time_is_refused_with_a_remedy() {
        let help = |text| Time::parse(text).err().and_then(|wrong| wrong.help);
        assert_eq!(help("10").as_deref(), Some("write `10s` or `10ms`"));
        assert_eq!(help("5m").as_deref(), Some("write `5min`"));
        for text in [
            "",
            "s",
            "-1s",
            "1..5s",
            "1e9s",
            "99999999999999999999d",
            "0.1us.",
            "∞s",
        ] {
            assert!(help(text).is_some(), "{text}");
        }
    }

    #[test]
    fn a_time_is_spelled_in_its_largest_whole_unit() {
        assert_eq!(spelled(Duration::from_secs(3600)), "1h");
        assert_eq!(spelled(Duration::from_secs(90)), "90s");
        assert_eq!(spelled(Duration::from_millis(1500)), "1500ms");
    }
}
