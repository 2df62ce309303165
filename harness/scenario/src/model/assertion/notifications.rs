use std::fmt;

use super::super::{EndpointName, NotificationPattern};
use super::{Count, Window};

/// How many notifications an endpoint received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotificationCount {
    /// The endpoint.
    pub at: EndpointName,
    /// Which.
    pub pattern: NotificationPattern,
    /// When.
    pub window: Window,
    /// How many.
    pub count: Count,
}

impl fmt::Display for NotificationCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} × {} at {}", self.count, self.pattern, self.at)?;
        self.window.fmt(f)
    }
}
