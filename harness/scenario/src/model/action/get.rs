use std::fmt;

use super::super::EndpointName;
use crate::option::SocketOption;

/// Reads socket options of an association.
#[derive(Clone, Debug, PartialEq)]
pub struct Get {
    /// The endpoint whose options they are.
    pub at: EndpointName,
    /// The endpoint at the other end of the association.
    pub to: EndpointName,
    /// The options, with their expected values.
    pub options: Vec<SocketOption>,
    /// Name of the error that each read must return.
    pub error: Option<String>,
}

impl fmt::Display for Get {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let options: Vec<&str> = self.options.iter().map(SocketOption::word).collect();
        write!(f, "get {} {}", self.at, options.join(", "))?;
        match &self.error {
            Some(error) => write!(f, ", refused with {error}"),
            None => Ok(()),
        }
    }
}
