/// What somebody who waits is told while an engine is made ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress<'a> {
    /// What is going on now: worth the words if it takes longer than a moment.
    Doing(&'a str),
    /// What was found or done, to be told however short it took.
    Noted(&'a str),
}

impl<'a> Progress<'a> {
    /// What is said, whatever it is.
    #[must_use]
    pub fn words(self) -> &'a str {
        match self {
            Self::Doing(words) | Self::Noted(words) => words,
        }
    }
}
