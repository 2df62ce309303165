use std::fmt;
use std::time::Duration;

use super::super::words::spoken;

/// Lets protocol time pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wait {
    /// Length of the wait.
    pub duration: Duration,
}

impl fmt::Display for Wait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "wait {}", spoken(self.duration))
    }
}
