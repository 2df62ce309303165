use std::fmt;

use super::super::StepName;
use super::Count;

/// How much a rule of the fabric had to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counters {
    /// The rule.
    pub rule: StepName,
    /// How many frames it was about, of those that no rule before it took.
    pub matched: Option<Count>,
    /// On how many of them it acted.
    pub taken: Option<Count>,
}

impl fmt::Display for Counters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "rule {}:", self.rule)?;
        if let Some(matched) = self.matched {
            write!(f, " {matched} matched")?;
        }
        if let Some(taken) = self.taken {
            write!(f, " {taken} taken")?;
        }
        Ok(())
    }
}
