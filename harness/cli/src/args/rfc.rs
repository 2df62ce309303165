//! The arguments of `sctp-lab rfc`.

use clap::{Args, ValueEnum};
use course::rfc9260::Level;

pub(super) const EXAMPLES: &str = "\
Examples:
  sctp-lab rfc                             how much is shown, chapter by chapter
  sctp-lab rfc 6.3.3                       a section, and those below it
  sctp-lab rfc 6.9-2                       one sentence
  sctp-lab rfc --open --level must         the MUSTs that nothing shows yet
  sctp-lab rfc --case rfc9260-6-10-partial-chunk";

#[derive(Args)]
pub(crate) struct Rfc {
    /// Sections of RFC 9260, or sentences: `6`, `6.3.3`, `6.3.3-2`.
    #[arg(value_name = "SECTION")]
    pub(crate) sections: Vec<String>,
    /// Only demands that nothing shows yet, or only in part.
    #[arg(long)]
    pub(crate) open: bool,
    /// Only demands that this scenario or conformance case shows.
    #[arg(long, value_name = "CASE")]
    pub(crate) case: Option<String>,
    /// Only keywords of this level.
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(crate) level: Option<LevelChoice>,
    /// Print JSON, one object a line for each keyword.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LevelChoice {
    /// MUST, MUST NOT, SHALL, SHALL NOT, REQUIRED.
    Must,
    /// SHOULD, SHOULD NOT, RECOMMENDED, NOT RECOMMENDED.
    Should,
    /// MAY, OPTIONAL.
    May,
}

impl From<LevelChoice> for Level {
    fn from(choice: LevelChoice) -> Self {
        match choice {
            LevelChoice::Must => Self::Must,
            LevelChoice::Should => Self::Should,
            LevelChoice::May => Self::May,
        }
    }
}
