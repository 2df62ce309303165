//! What a rule does with a frame.

/// What a rule does with a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Action {
    /// Let it through: an exception to the rules after this one.
    Pass,
    /// Take it. Its sender does not notice.
    Drop,
}

impl Action {
    /// What was done, as in "dropped by `cut path-a`".
    pub(crate) fn done(self) -> &'static str {
        match self {
            Self::Pass => "passed",
            Self::Drop => "dropped",
        }
    }
}
