//! What a keyword demands, and what is known of it.

use std::fmt;
use std::str::FromStr;

/// Names a sentence, `6.3.3-2`, or a demand of one that has several, `6.9-3b`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Id {
    /// The section.
    pub section: String,
    /// The sentence, counted from 1.
    pub number: u16,
    /// Which of its demands.
    pub letter: Option<char>,
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.section, self.number)?;
        self.letter.map_or(Ok(()), |letter| write!(f, "{letter}"))
    }
}

impl FromStr for Id {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no sentence: one is called as `6.3.3-2` or `6.9-3b`");
        let (section, rest) = text.split_once('-').ok_or_else(wrong)?;
        let number = rest.trim_end_matches(|it: char| it.is_ascii_lowercase());
        let mut letters = rest.get(number.len()..).unwrap_or_default().chars();
        let letter = letters.next();
        let is_section = section
            .split('.')
            .all(|it| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit()));
        if !is_section || letters.next().is_some() {
            return Err(wrong());
        }
        Ok(Self {
            section: section.to_owned(),
            number: number.parse().map_err(|_| wrong())?,
            letter,
        })
    }
}

/// The keywords of BCP 14, as they stand in the RFC. A longer one comes before the one
/// that it begins with.
pub(super) const KEYWORDS: &[(&str, Level)] = &[
    ("MUST NOT", Level::Must),
    ("MUST", Level::Must),
    ("SHALL NOT", Level::Must),
    ("SHALL", Level::Must),
    ("REQUIRED", Level::Must),
    ("SHOULD NOT", Level::Should),
    ("SHOULD", Level::Should),
    ("NOT RECOMMENDED", Level::Should),
    ("RECOMMENDED", Level::Should),
    ("MAY", Level::May),
    ("OPTIONAL", Level::May),
];

/// A keyword of BCP 14.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keyword {
    /// As it stands in the RFC.
    pub word: &'static str,
    /// How much it demands.
    pub level: Level,
}

/// How much a keyword demands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// MUST, MUST NOT, SHALL, SHALL NOT, REQUIRED.
    Must,
    /// SHOULD, SHOULD NOT, RECOMMENDED, NOT RECOMMENDED.
    Should,
    /// MAY, OPTIONAL.
    May,
}

impl Level {
    /// All, the strictest first.
    pub const ALL: [Self; 3] = [Self::Must, Self::Should, Self::May];
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Must => "MUST",
            Self::Should => "SHOULD",
            Self::May => "MAY",
        })
    }
}

/// What one keyword of a sentence demands.
#[derive(Clone, Debug)]
pub struct Demand {
    /// Its identifier: with a letter, where the sentence has several.
    pub id: Id,
    /// The keyword.
    pub keyword: Keyword,
    /// What is known of it; at least one.
    pub proofs: Vec<Proof>,
}

/// What is known of a demand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// `by`: what would fail, if the stack did otherwise. The words tell how, where none of
    /// them cites the section.
    By(Vec<Shown>, Option<String>),
    /// `partly`: the same of a part. The words tell which part is not.
    Partly(Vec<Shown>, String),
    /// `differs`: what shows that Linux does otherwise.
    Differs(Vec<Shown>, Option<String>),
    /// `as`: the RFC says the same there, too.
    As(Id),
    /// Why nothing can show it, in words.
    Reason(Kind, String),
    /// `open`: nothing shows it yet. Sometimes what it would take.
    Open(Option<String>),
}

/// Where something is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The name of a scenario or a conformance case; or, where Linux does otherwise, of a
    /// rule of `docs/where-linux-differs.md`.
    pub case: String,
    /// The name of its expectation or assertion, where one alone shows it.
    pub name: Option<String>,
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.case)?;
        let name = self.name.as_ref();
        name.map_or(Ok(()), |name| write!(f, "/{name}"))
    }
}

/// Why nothing can show that a demand is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// It introduces others, which have rows of their own.
    Heading,
    /// Nothing outside of the stack depends on it alone.
    Inside,
    /// It allows something: either way is right.
    Choice,
    /// Its condition never arises with the stacks that the lab runs.
    Void,
    /// Linux does not have what it is about.
    Lacking,
    /// No call of the sockets API gets there.
    Api,
    /// No run gets there.
    Beyond,
    /// No measure tells right from wrong.
    Degree,
    /// It is about documents and registries.
    Document,
    /// It is about who writes applications, builds networks or tunes timers.
    User,
}

impl Kind {
    /// All.
    pub const ALL: [Self; 10] = [
        Self::Heading,
        Self::Inside,
        Self::Choice,
        Self::Void,
        Self::Lacking,
        Self::Api,
        Self::Beyond,
        Self::Degree,
        Self::Document,
        Self::User,
    ];

    /// What it is called in the files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Heading => "heading",
            Self::Inside => "inside",
            Self::Choice => "choice",
            Self::Void => "void",
            Self::Lacking => "lacking",
            Self::Api => "api",
            Self::Beyond => "beyond",
            Self::Degree => "degree",
            Self::Document => "document",
            Self::User => "user",
        }
    }

    /// What it means.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Heading => "it introduces others, which have rows of their own",
            Self::Inside => "nothing outside of the stack depends on it alone",
            Self::Choice => "it allows something: either way is right",
            Self::Void => "its condition never arises with the stacks that the lab runs",
            Self::Lacking => "Linux does not have what it is about",
            Self::Api => "no call of the sockets API gets there",
            Self::Beyond => "no run gets there",
            Self::Degree => "no measure tells right from wrong",
            Self::Document => "it is about documents and registries",
            Self::User => "it is about who writes applications, builds networks or tunes timers",
        }
    }
}

/// What is known of a demand, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Something fails if a stack does otherwise, and Linux does not.
    Shown,
    /// Linux does otherwise.
    Differs,
    /// A part is shown.
    Partly,
    /// Nothing can show it.
    Reason(Kind),
    /// Nothing shows it yet.
    Open,
}

impl State {
    /// What it is called.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Shown => "shown",
            Self::Differs => "Linux differs",
            Self::Partly => "shown in part",
            Self::Reason(_) => "not to be seen",
            Self::Open => "open",
        }
    }
}

impl Demand {
    /// What is known of it, or which one it repeats. That Linux differs counts most.
    pub(super) fn state(&self) -> Result<State, &Id> {
        let has = |wanted: fn(&Proof) -> bool| self.proofs.iter().any(wanted);
        if has(|it| matches!(it, Proof::Differs(..))) {
            return Ok(State::Differs);
        }
        if has(|it| matches!(it, Proof::By(..))) {
            return Ok(State::Shown);
        }
        match self.proofs.first() {
            Some(Proof::Partly(..)) => Ok(State::Partly),
            Some(Proof::As(other)) => Err(other),
            Some(Proof::Reason(kind, _)) => Ok(State::Reason(*kind)),
            _ => Ok(State::Open),
        }
    }

    /// Where it is shown, that Linux does otherwise included.
    pub fn shown(&self) -> impl Iterator<Item = &Shown> {
        self.proofs.iter().flat_map(|proof| match proof {
            Proof::By(shown, _) | Proof::Partly(shown, _) | Proof::Differs(shown, _) => {
                shown.as_slice()
            }
            _ => &[],
        })
    }
}

impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (lead, shown, words): (_, &[Shown], _) = match self {
            Self::By(shown, words) => ("shown by ", shown, words.as_deref()),
            Self::Partly(shown, words) => ("shown in part by ", shown, Some(words.as_str())),
            Self::Differs(shown, words) => ("Linux differs: ", shown, words.as_deref()),
            Self::As(other) => return write!(f, "the same as {other}"),
            Self::Reason(kind, words) => return write!(f, "{}: {words}", kind.word()),
            Self::Open(words) => ("open", &[], words.as_deref()),
        };
        let shown: Vec<String> = shown.iter().map(ToString::to_string).collect();
        write!(f, "{lead}{}", shown.join(", "))?;
        words.map_or(Ok(()), |words| write!(f, ": {words}"))
    }
}
