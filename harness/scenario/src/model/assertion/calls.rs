use std::fmt;

use super::super::EndpointName;
use super::{Count, Window};

/// How many calls an endpoint made, with what answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallCount {
    /// The endpoint.
    pub at: EndpointName,
    /// The function (`sctp_connectx`).
    pub call: String,
    /// The name of the error it gave (`ECONNREFUSED`); `None` is any, or none.
    pub error: Option<String>,
    /// What it returned; `None` is anything.
    pub result: Option<String>,
    /// When.
    pub window: Window,
    /// How many.
    pub count: Count,
}

impl fmt::Display for CallCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} × {} at {}", self.count, self.call, self.at)?;
        if let Some(error) = &self.error {
            write!(f, " that gives {error}")?;
        }
        if let Some(result) = &self.result {
            write!(f, " that returns {result}")?;
        }
        self.window.fmt(f)
    }
}
