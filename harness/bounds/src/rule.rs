use std::fmt;

use serde::Serialize;

/// One rule of a stack: what it is, in words, and where that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule<T> {
    /// The rule, for whoever reckons by it.
    pub is: T,
    /// The rule, for whoever reads it.
    pub says: &'static str,
    /// An RFC's section, or the file and function of a kernel.
    pub source: &'static str,
}

/// Why a rule holds: it stands in an RFC, or it is one stack's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// The RFC's own rule.
    Rfc,
    /// The stack does otherwise, or decides what the RFC leaves open.
    Stack,
}

impl<T> Rule<T> {
    /// Whose rule it is.
    #[must_use]
    pub fn origin(&self) -> Origin {
        if self.source.starts_with("RFC ") {
            Origin::Rfc
        } else {
            Origin::Stack
        }
    }
}

impl<T> fmt::Display for Rule<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.says, self.source)
    }
}
