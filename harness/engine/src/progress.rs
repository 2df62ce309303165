//! Messages about the preparation of an engine.

/// A message about the preparation of an engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress<'a> {
    /// The current activity: shown only if it takes longer than a moment.
    Doing(&'a str),
    /// A fact or a finished action, always shown.
    Noted(&'a str),
}

impl<'a> Progress<'a> {
    /// The words of either kind of message.
    #[must_use]
    pub fn words(self) -> &'a str {
        match self {
            Self::Doing(words) | Self::Noted(words) => words,
        }
    }
}
