//! The wanted value of a field.

use std::fmt;

/// The wanted value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldWanted {
    /// The name of the field.
    pub name: String,
    /// The value in the notation of scenarios: a number, a range of numbers such as
    /// `1..5`, or a word.
    pub value: String,
}

impl FieldWanted {
    /// Name and value.
    #[must_use]
    pub fn pair(&self) -> (&str, &str) {
        (&self.name, &self.value)
    }
}

impl fmt::Display for FieldWanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.name, self.value)
    }
}
