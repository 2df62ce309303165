use std::fmt;

use super::super::EndpointName;

/// Calls a function of the sockets API, to see its result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The endpoint that calls.
    pub at: EndpointName,
    /// The endpoint at the other end of the association that the call is about; `None`
    /// for the socket.
    pub to: Option<EndpointName>,
    /// The function.
    pub function: Function,
    /// Name of the error that the call must return.
    pub error: Option<String>,
}

/// A function of the sockets API that changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// accept(2).
    Accept,
    /// The peer's addresses (RFC 6458 section 9.3).
    GetPAddrs,
    /// The own addresses (RFC 6458 section 9.5).
    GetLAddrs,
    /// `SCTP_STATUS` (RFC 6458 sections 8.2.1 and 9.7).
    OptInfo,
}

impl Function {
    /// All functions.
    pub const ALL: [Function; 4] = [
        Function::Accept,
        Function::GetPAddrs,
        Function::GetLAddrs,
        Function::OptInfo,
    ];

    /// Name of the function in RFC 6458.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Function::Accept => "accept",
            Function::GetPAddrs => "sctp_getpaddrs",
            Function::GetLAddrs => "sctp_getladdrs",
            Function::OptInfo => "sctp_opt_info",
        }
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.function.name(), self.at)?;
        if let Some(to) = &self.to {
            write!(f, " of the association with {to}")?;
        }
        match &self.error {
            Some(error) => write!(f, ", refused with {error}"),
            None => Ok(()),
        }
    }
}
