//! The fields of notifications and other events, and their values in the notation of
//! scenarios.

use std::fmt;
use std::net::IpAddr;

use serde::{Deserialize, Serialize};
use wire::field::number_range;

/// The fields of a notification in the order of RFC 6458, or those of another event.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fields(pub Vec<(String, Value)>);

impl Fields {
    /// The text of the field with this name, if there is one.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.get(name)? {
            Value::Text(text) => Some(text),
            Value::Number(_) => None,
        }
    }

    /// Whether the fields with these names have these values, in the notation of
    /// scenarios.
    pub fn say<'w>(&self, wanted: impl IntoIterator<Item = (&'w str, &'w str)>) -> bool {
        let mut wanted = wanted.into_iter();
        wanted.all(|(name, text)| self.get(name).is_some_and(|value| value.is(text)))
    }

    /// The field with this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        let (_, value) = self.0.iter().find(|(field, _)| field == name)?;
        Some(value)
    }

    /// The state in the notification, by its constant (`sac_state`, `spc_state`).
    #[must_use]
    pub fn state(&self) -> Option<&str> {
        self.text("sac_state").or_else(|| self.text("spc_state"))
    }

    /// The peer's address in the notification (`spc_aaddr`).
    #[must_use]
    pub fn address(&self) -> Option<IpAddr> {
        self.text("spc_aaddr")?.parse().ok()
    }
}

/// The value of a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// A number, in the host's byte order.
    Number(i64),
    /// A constant's name, an address, bytes in hexadecimal, or another word.
    Text(String),
}

impl Value {
    /// Whether the value matches a scenario's text: a number, or a range of numbers such
    /// as `1..5`; a name in any case; an address. If the value is itself a list, such as
    /// `A|B` or `1,2`, one of its items must match.
    #[must_use]
    pub fn is(&self, text: &str) -> bool {
        match self {
            Value::Number(number) => number_range(text).is_some_and(|(least, most)| {
                u64::try_from(*number).is_ok_and(|number| (least..=most).contains(&number))
            }),
            Value::Text(own) => {
                let address = |text: &str| text.parse::<IpAddr>().ok();
                let same_address = address(own).is_some() && address(own) == address(text);
                same_address
                    || own
                        .split(['|', ','])
                        .any(|one| one.eq_ignore_ascii_case(text))
            }
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Number(number) => write!(f, "{number}"),
            Value::Text(text) => f.write_str(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_say_what_is_written_in_a_scenario() {
        let fields = Fields(vec![
            ("sac_state".into(), Value::Text("SCTP_COMM_UP".into())),
            ("sac_outbound_streams".into(), Value::Number(6)),
            ("spc_aaddr".into(), Value::Text("fd00::1".into())),
            ("strreset_flags".into(), Value::Text("A|B".into())),
        ]);
        for (name, text, so) in [
            ("sac_state", "sctp_comm_up", true),
            ("sac_state", "SCTP_COMM_LOST", false),
            ("sac_outbound_streams", "6", true),
            ("sac_outbound_streams", "1..5", false),
            ("sac_outbound_streams", "many", false),
            ("spc_aaddr", "fd00:0::1", true),
            ("strreset_flags", "B", true),
            ("sac_error", "0", false),
        ] {
            assert_eq!(fields.say([(name, text)]), so, "{name}: {text}");
        }
    }
}
