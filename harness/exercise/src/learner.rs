//! The stored progress of a learner.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// The form of the file.
const FORMAT: u32 = 1;

/// A file with more is none of the lab's.
const LARGEST: usize = 1024 * 1024;

/// What a learner has done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Learner {
    format: u32,
    /// The exercises that are done, by lesson, by their numbers from 1.
    done: BTreeMap<String, BTreeSet<usize>>,
}

impl Default for Learner {
    fn default() -> Self {
        Self {
            format: FORMAT,
            done: BTreeMap::new(),
        }
    }
}

/// Why a file is none of a learner's.
#[derive(Debug, thiserror::Error)]
pub enum LearnerError {
    /// It is no JSON, or other JSON.
    #[error("it is damaged: {0}")]
    Damaged(#[from] serde_json::Error),
    /// It is too large.
    #[error("it is damaged: it has {0} bytes")]
    TooLarge(usize),
    /// A newer lab has written it.
    #[error("it has the form {0}, which a newer sctp-lab writes")]
    Newer(u32),
}

impl Learner {
    /// Reads what [`Learner::text`] has written.
    ///
    /// # Errors
    ///
    /// Where it is something else.
    pub fn read(bytes: &[u8]) -> Result<Self, LearnerError> {
        if bytes.len() > LARGEST {
            return Err(LearnerError::TooLarge(bytes.len()));
        }
        let learner: Self = serde_json::from_slice(bytes)?;
        match learner.format {
            FORMAT => Ok(learner),
            other => Err(LearnerError::Newer(other)),
        }
    }

    /// The text of the file.
    #[must_use]
    pub fn text(&self) -> String {
        // Maps of names and sets of numbers always can be written.
        let text = serde_json::to_string_pretty(self).unwrap_or_default();
        format!("{text}\n")
    }

    /// Whether an exercise of a lesson is done.
    #[must_use]
    pub fn has_done(&self, lesson: &str, exercise: usize) -> bool {
        self.done
            .get(lesson)
            .is_some_and(|it| it.contains(&exercise))
    }

    /// Notes that an exercise is done.
    pub fn note(&mut self, lesson: &str, exercise: usize) {
        self.done
            .entry(lesson.to_owned())
            .or_default()
            .insert(exercise);
    }

    /// Forgets what was done of a lesson.
    pub fn forget(&mut self, lesson: &str) {
        self.done.remove(lesson);
    }

    /// Takes over what another file has more, as of a second `learn` beside this one.
    pub fn join(&mut self, other: Self) {
        for (lesson, exercises) in other.done {
            self.done.entry(lesson).or_default().extend(exercises);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let mut learner = Learner::default();
        learner.note("handshake", 2);
        let read = Learner::read(learner.text().as_bytes()).expect("it is whole");
        assert_eq!(read, learner);
        assert!(read.has_done("handshake", 2));
        assert!(!read.has_done("handshake", 1));
    }

    #[test]
    fn what_is_damaged_is_told() {
        let text = Learner::default().text();
        for cut in 0..text.trim_end().len() {
            assert!(Learner::read(&text.as_bytes()[..cut]).is_err(), "{cut}");
        }
        let newer = Learner::read(br#"{"format": 2, "done": {}}"#);
        assert!(matches!(newer, Err(LearnerError::Newer(2))));
        assert!(Learner::read(&vec![b' '; LARGEST + 1]).is_err());
    }
}
