use std::fmt;

use super::super::{EndpointName, StepName};

/// One message went over the wire from endpoint to endpoint, each sending it
/// on only when it had arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed {
    /// The step that sent it first.
    pub step: StepName,
    /// Which of that step's, from 1.
    pub number: u64,
    /// Whom it went through, in order; two or more.
    pub through: Vec<EndpointName>,
}

impl fmt::Display for Followed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let through: Vec<&str> = self.through.iter().map(EndpointName::as_str).collect();
        write!(
            f,
            "{} {} went {}",
            self.step,
            self.number,
            through.join(" → ")
        )
    }
}
