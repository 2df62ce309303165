//! Demands of keywords, and their proofs.

use std::fmt;
use std::str::FromStr;

/// Identifier of a sentence, `6.3.3-2`, or of one of its several demands, `6.9-3b`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Id {
    /// The section.
    pub section: String,
    /// Number of the sentence in the section, from 1.
    pub number: u16,
    /// Letter of the demand, if the sentence has several.
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

/// The keywords of BCP 14, as they stand in the RFC. A longer keyword comes before its
/// own beginning.
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
    /// The keyword as it stands in the RFC.
    pub word: &'static str,
    /// Level of the keyword.
    pub level: Level,
}

/// Level of a demand.
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
    /// All levels, the strictest first.
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

/// The demand of one keyword in a sentence.
#[derive(Clone, Debug)]
pub struct Demand {
    /// Identifier of the demand, with a letter if the sentence has several.
    pub id: Id,
    /// The keyword.
    pub keyword: Keyword,
    /// The proofs; at least one.
    pub proofs: Vec<Proof>,
}

/// A proof of a demand, or a reason why there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// `by`: scenarios or cases that would fail if the stack violated the demand. The
    /// words explain how, where none of these cites the section.
    By(Vec<Shown>, Option<String>),
    /// `partly`: scenarios or cases that show a part of the demand. The words say which
    /// part is not shown.
    Partly(Vec<Shown>, String),
    /// `differs`: scenarios, cases or rules that show that Linux violates the demand.
    Differs(Vec<Shown>, Option<String>),
    /// `as`: another sentence of the RFC with the same demand.
    As(Id),
    /// The reason why the demand cannot be shown, in words.
    Reason(Kind, String),
    /// `open`: not shown yet, with optional words about what is needed.
    Open(Option<String>),
}

/// The place of a proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Name of a scenario or a conformance case. Where Linux deviates, it may be the name
    /// of a rule of `docs/where-linux-differs.md`.
    pub case: String,
    /// Name of the expectation or assertion, where a single one is the proof.
    pub name: Option<String>,
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.case)?;
        let name = self.name.as_ref();
        name.map_or(Ok(()), |name| write!(f, "/{name}"))
    }
}

/// Reason why a demand cannot be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The sentence introduces others, which have rows of their own.
    Heading,
    /// The demand has no effect outside of the stack by itself.
    Inside,
    /// The demand permits something: both ways conform.
    Choice,
    /// The condition of the demand never holds for the stacks that the lab runs.
    Void,
    /// Linux lacks the feature that the demand is about.
    Lacking,
    /// No call of the sockets API leads to the condition.
    Api,
    /// No run of the lab can reach the condition.
    Beyond,
    /// The demand is a matter of degree, without a limit to test.
    Degree,
    /// The demand is about documents and registries.
    Document,
    /// The demand is about people who write applications, build networks or tune timers.
    User,
}

impl Kind {
    /// All reasons.
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

    /// The word for the reason in the files.
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

    /// The meaning of the reason.
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

/// The state of a demand, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Something fails if a stack violates the demand, and Linux does not.
    Shown,
    /// Linux violates the demand.
    Differs,
    /// A part of the demand is shown.
    Partly,
    /// The demand cannot be shown.
    Reason(Kind),
    /// The demand is not shown yet.
    Open,
}

impl State {
    /// The word for the state.
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
    /// The state of the demand, or the demand that it repeats. A deviation of Linux takes
    /// precedence.
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

    /// The places of proofs, including those of Linux's deviations.
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
