use std::fmt;

use super::super::{EndpointName, FieldWanted};
use super::{Count, Window};

/// How many messages an endpoint received, and in which order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageCount {
    /// The endpoint.
    pub at: EndpointName,
    /// Who sent them; `None` is anybody.
    pub from: Option<EndpointName>,
    /// What their fields must say ([`MESSAGE_FIELDS`](crate::MESSAGE_FIELDS)).
    pub fields: Vec<FieldWanted>,
    /// Whether those of one step must have come in the order in which they
    /// were sent, or must not; `None` is either.
    pub in_order: Option<bool>,
    /// When.
    pub window: Window,
    /// How many.
    pub count: Count,
}

impl fmt::Display for MessageCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} × message at {}", self.count, self.at)?;
        if let Some(from) = &self.from {
            write!(f, " from {from}")?;
        }
        for wanted in &self.fields {
            write!(f, " {wanted}")?;
        }
        match self.in_order {
            Some(true) => f.write_str(" in the order in which they were sent")?,
            Some(false) => f.write_str(" not in the order in which they were sent")?,
            None => {}
        }
        self.window.fmt(f)
    }
}
