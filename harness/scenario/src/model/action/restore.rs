use std::fmt;

use super::super::LinkName;

/// Undoes a [`Cut`](super::Cut).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restore {
    /// The link.
    pub link: LinkName,
}

impl fmt::Display for Restore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "restore {}", self.link)
    }
}
