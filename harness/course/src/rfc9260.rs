//! Every sentence of RFC 9260 that demands something by a keyword of BCP 14, and what
//! shows that a stack does as the sentence says.
//!
//! The folder `rfc9260` has the sentences, in one file for each chapter:
//!
//! ```text
//! ## 6.10 Bundling
//!
//! 6.10-7 If the receiver detects a partial chunk, it MUST drop the chunk.
//!   - MUST: by rfc9260-6-10-partial-chunk/dropped, rfc9260-6-10-partial-chunk-behind-another
//! ```
//!
//! A sentence is identified by its section and a number: `6.9-3` is the third sentence of
//! section 6.9 that has a keyword. Each keyword of a sentence makes a [`Demand`]. Where a
//! sentence makes several demands, letters tell them apart: `6.9-3b`. An identifier never
//! changes, since the RFC does not change.
//!
//! A [`Proof`] stands behind the keyword; several lines for one demand are several proofs.
//! `CASE/NAME` is an expectation or assertion of a scenario or conformance case. Section 2,
//! which says what the keywords mean, demands nothing of a stack.

mod demand;
mod read;
mod tally;

pub use demand::{Demand, Id, Keyword, Kind, Level, Proof, Shown, State};
pub use read::Mistake;
pub use tally::Tally;

/// The chapters of the RFC with a demand.
const CHAPTERS: &[(&str, &str)] = &[
    ("01.txt", include_str!("../rfc9260/01.txt")),
    ("03.txt", include_str!("../rfc9260/03.txt")),
    ("04.txt", include_str!("../rfc9260/04.txt")),
    ("05.txt", include_str!("../rfc9260/05.txt")),
    ("06.txt", include_str!("../rfc9260/06.txt")),
    ("07.txt", include_str!("../rfc9260/07.txt")),
    ("08.txt", include_str!("../rfc9260/08.txt")),
    ("09.txt", include_str!("../rfc9260/09.txt")),
    ("10.txt", include_str!("../rfc9260/10.txt")),
    ("12.txt", include_str!("../rfc9260/12.txt")),
    ("14.txt", include_str!("../rfc9260/14.txt")),
    ("15.txt", include_str!("../rfc9260/15.txt")),
    ("16.txt", include_str!("../rfc9260/16.txt")),
];

/// All sentences with demands, in the order of the RFC.
#[derive(Clone, Debug)]
pub struct Requirements {
    /// The sections with demands.
    pub sections: Vec<Section>,
}

/// A section with demands.
#[derive(Clone, Debug)]
pub struct Section {
    /// Number of the section, such as `6.3.3`.
    pub number: String,
    /// Title of the section in the RFC.
    pub title: String,
    /// Sentences of the section with a keyword, in order.
    pub sentences: Vec<Sentence>,
}

/// A sentence, or an item of a list.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// Identifier of the sentence, without a letter.
    pub id: Id,
    /// Text of the sentence.
    pub text: String,
    /// The demands of its keywords, in order.
    pub demands: Vec<Demand>,
}

impl Requirements {
    /// Reads the files of the folder `rfc9260`.
    ///
    /// # Errors
    ///
    /// A mistake in these files, with its place. A test checks that there is none.
    pub fn read() -> Result<Self, Mistake> {
        let mut sections = Vec::new();
        for (file, text) in CHAPTERS {
            sections.extend(read::chapter(file, text)?);
        }
        Ok(Self { sections })
    }

    /// All demands, each with its sentence.
    pub fn demands(&self) -> impl Iterator<Item = (&Sentence, &Demand)> {
        let sentences = self.sections.iter().flat_map(|it| &it.sentences);
        sentences.flat_map(|sentence| sentence.demands.iter().map(move |it| (sentence, it)))
    }

    /// The demand with this identifier.
    #[must_use]
    pub fn demand(&self, id: &Id) -> Option<&Demand> {
        let mut demands = self.demands().map(|(_, demand)| demand);
        demands.find(|demand| demand.id == *id)
    }

    /// The demands that a scenario or conformance case shows, including those from which
    /// Linux deviates.
    #[must_use]
    pub fn shown_by(&self, case: &str) -> Vec<&Demand> {
        let demands = self.demands().map(|(_, demand)| demand);
        demands
            .filter(|demand| demand.shown().any(|it| it.case == case))
            .collect()
    }

    /// The state of a demand. If the demand repeats another one, the state of that one.
    #[must_use]
    pub fn state(&self, demand: &Demand) -> State {
        demand.state().unwrap_or_else(|same_as| {
            let other = self.demand(same_as).map(Demand::state);
            other.and_then(Result::ok).unwrap_or(State::Open)
        })
    }
}

impl Section {
    /// Whether the section is this one or a subsection of it.
    #[must_use]
    pub fn is_within(&self, number: &str) -> bool {
        let rest = self.number.strip_prefix(number);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }

    /// Number of the chapter.
    #[must_use]
    pub fn chapter(&self) -> &str {
        let chapter = self.number.split('.').next();
        chapter.unwrap_or(&self.number)
    }
}
