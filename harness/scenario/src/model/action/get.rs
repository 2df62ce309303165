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
    /// The options, with the values that they must have.
    pub options: Vec<SocketOption>,
    /// The error that each must give, by its name.
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
