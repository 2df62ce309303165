//! A rule of a stack with its value, its words and its source, and whether the rule is
//! the RFC's or the stack's own.

use std::fmt;

use serde::Serialize;

/// A rule of a stack: its value, its words, and its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule<T> {
    /// The value of the rule, for computing.
    pub is: T,
    /// The words of the rule, for its reader.
    pub says: &'static str,
    /// An RFC's section, or the file and function of a kernel.
    pub source: &'static str,
}

/// The origin of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// The rule is the RFC's own.
    Rfc,
    /// The stack deviates from the RFC, or decides what the RFC leaves open.
    Stack,
}

impl<T> Rule<T> {
    /// The origin of this rule.
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
