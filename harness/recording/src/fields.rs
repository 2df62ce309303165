use std::fmt;
use std::net::IpAddr;

use serde::{Deserialize, Serialize};

/// The fields of a notification, in the order of RFC 6458.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fields(pub Vec<(String, Value)>);

impl Fields {
    /// The text of the field of that name, if it is there.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.get(name)? {
            Value::Text(text) => Some(text),
            Value::Number(_) => None,
        }
    }

    fn get(&self, name: &str) -> Option<&Value> {
        let (_, value) = self.0.iter().find(|(field, _)| field == name)?;
        Some(value)
    }

    /// The state that the notification tells of, by its constant
    /// (`sac_state`, `spc_state`).
    #[must_use]
    pub fn state(&self) -> Option<&str> {
        self.text("sac_state").or_else(|| self.text("spc_state"))
    }

    /// The peer's address that it is about (`spc_aaddr`).
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
    /// A constant's name, an address, or bytes in hexadecimal.
    Text(String),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Number(number) => write!(f, "{number}"),
            Value::Text(text) => f.write_str(text),
        }
    }
}
