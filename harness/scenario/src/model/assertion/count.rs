use std::fmt;

/// A number with bounds, both inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// At least.
    pub least: u64,
    /// At most; `None` is any number.
    pub most: Option<u64>,
}

impl Count {
    /// Exactly `n`.
    #[must_use]
    pub fn exactly(n: u64) -> Self {
        Self {
            least: n,
            most: Some(n),
        }
    }

    /// Whether `n` is within.
    #[must_use]
    pub fn allows(self, n: u64) -> bool {
        n >= self.least && self.most.is_none_or(|most| n <= most)
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.least, self.most) {
            (least, Some(most)) if least == most => write!(f, "{least}"),
            (0, Some(most)) => write!(f, "at most {most}"),
            (least, Some(most)) => write!(f, "{least} to {most}"),
            (least, None) => write!(f, "at least {least}"),
        }
    }
}
