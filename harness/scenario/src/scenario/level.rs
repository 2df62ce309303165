//! The level of a scenario's demand: the strongest MUST, SHOULD or MAY that its lesson
//! quotes.

use std::fmt;

use super::Scenario;

/// Level of an RFC's demand (RFC 2119), the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// MUST, SHALL, REQUIRED.
    Must,
    /// SHOULD, RECOMMENDED.
    Should,
    /// MAY, OPTIONAL.
    May,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Must => "MUST",
            Self::Should => "SHOULD",
            Self::May => "MAY",
        })
    }
}

impl Scenario {
    /// The strongest level in the sentences that the lesson quotes. `None` if it quotes
    /// no such sentence.
    #[must_use]
    pub fn level(&self) -> Option<Level> {
        level_of(quoted(&self.lesson)?)
    }
}

/// The text from the first quotation mark to the last, since quoted sentences contain
/// quotations.
fn quoted(lesson: &str) -> Option<&str> {
    let (first, last) = (lesson.find('"')?, lesson.rfind('"')?);
    lesson.get(first + 1..last)
}

fn level_of(text: &str) -> Option<Level> {
    let words = text.split(|it: char| !it.is_ascii_alphabetic());
    let levels = words.filter_map(|word| match word {
        "MUST" | "SHALL" | "REQUIRED" => Some(Level::Must),
        "SHOULD" | "RECOMMENDED" => Some(Level::Should),
        "MAY" | "OPTIONAL" => Some(Level::May),
        _ => None,
    });
    levels.min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_word_of_what_is_quoted_counts() {
        let of = |lesson: &str| level_of(quoted(lesson)?);
        assert_eq!(of("It \"SHOULD NOT\" do it."), Some(Level::Should));
        assert_eq!(of("\"It MAY.\" And: \"It MUST NOT.\""), Some(Level::Must));
        assert_eq!(of("\"The \"Stale Cookie\" MAY be\""), Some(Level::May));
        assert_eq!(of("\"It is RECOMMENDED\""), Some(Level::Should));
        assert_eq!(of("A stack MUST do it."), None, "nobody is quoted");
        assert_eq!(of("\"It must do it.\""), None);
        assert_eq!(of("\"MUSTARD\""), None);
        assert_eq!(of("\""), None);
    }
}
