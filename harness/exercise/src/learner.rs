//! The stored progress of a learner.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// The version of the file's format.
const FORMAT: u32 = 1;

/// The most bytes of a learner's file.
const LARGEST: usize = 1024 * 1024;

/// The progress of a learner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Learner {
    format: u32,
    /// The exercises that are done, by lesson; their numbers count from 1.
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

/// Why a file does not hold the progress of a learner.
#[derive(Debug, thiserror::Error)]
pub enum LearnerError {
    /// The file is no JSON, or JSON of another shape.
    #[error("it is damaged: {0}")]
    Damaged(#[from] serde_json::Error),
    /// The file is too large.
    #[error("it is damaged: it has {0} bytes")]
    TooLarge(usize),
    /// The file has a format of a newer lab.
    #[error("it has the form {0}, which a newer sctp-lab writes")]
    Newer(u32),
}

impl Learner {
    /// Reads a file that [`Learner::text`] has made.
    ///
    /// # Errors
    ///
    /// The file is something else.
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
        // Maps of names and sets of numbers can always be written as JSON.
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

    /// Forgets the exercises of a lesson.
    pub fn forget(&mut self, lesson: &str) {
        self.done.remove(lesson);
    }

    /// Adds the exercises that another file has, such as that of a second `learn` at the
    /// same time.
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
