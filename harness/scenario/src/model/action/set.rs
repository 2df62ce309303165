use std::fmt;

use super::super::EndpointName;
use crate::option::SocketOption;

/// Sets socket options of an association.
#[derive(Clone, Debug, PartialEq)]
pub struct Set {
    /// The endpoint whose options they are.
    pub at: EndpointName,
    /// The endpoint at the other end of the association.
    pub to: EndpointName,
    /// The options, in the order in which they are set.
    pub options: Vec<SocketOption>,
    /// Name of the error that each call must return.
    pub error: Option<String>,
}

impl fmt::Display for Set {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let options: Vec<&str> = self.options.iter().map(SocketOption::word).collect();
        write!(f, "set {} {}", self.at, options.join(", "))?;
        match &self.error {
            Some(error) => write!(f, ", refused with {error}"),
            None => Ok(()),
        }
    }
}
