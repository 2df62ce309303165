//! Questions, and the marking of answers.

use scenario::RfcSection;
use serde::{Deserialize, Serialize};

/// A question that is answered in one line: by a word, a number, or letters of options.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// The kind of exercise, as scenarios write it.
    pub kind: String,
    /// What is asked.
    pub prompt: String,
    /// The ladders that the question is about.
    pub pictures: Vec<Picture>,
    /// The options to choose from, by letters from `a` on; empty where the answer is free.
    pub options: Vec<String>,
    /// How to write an answer.
    pub how: String,
    /// The right answers, in the form that [`Question::is_right`] compares.
    pub accepted: Vec<String>,
    /// The right number, where the question asks for a number.
    pub number: Option<Number>,
    /// The right answer, for people.
    pub answer: String,
    /// Why the answer is right.
    pub because: String,
    /// The section of the RFC that says so, with its title.
    pub rfc: String,
    /// The address of that section.
    pub url: String,
}

/// A ladder, or a part of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// The title of the ladder; empty if it is the only one.
    pub title: String,
    /// The rows of the ladder.
    pub rows: Vec<String>,
}

/// A number, and how far off an answer may be.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Number {
    /// The number.
    pub value: f64,
    /// How far an answer may be from the number.
    pub within: f64,
}

impl Question {
    /// Whether an answer is right. In words, case, blanks and punctuation do not count; a
    /// number may have a unit behind it.
    #[must_use]
    pub fn is_right(&self, answer: &str) -> bool {
        if let Some(number) = self.number {
            let digits = answer
                .trim()
                .trim_end_matches(|it: char| it.is_alphabetic() || it == ' ');
            let given = digits.replace(',', ".").parse::<f64>();
            return given.is_ok_and(|given| (given - number.value).abs() <= number.within);
        }
        let given = bare(answer);
        !given.is_empty() && self.accepted.contains(&given)
    }

    /// A question without prompt, ladders and answers.
    pub(crate) fn blank(kind: &str, because: &str, rfc: &RfcSection) -> Self {
        let title = rfc.title();
        let title = title.map_or_else(String::new, |title| format!(", {title}"));
        Self {
            kind: kind.to_owned(),
            prompt: String::new(),
            pictures: Vec::new(),
            options: Vec::new(),
            how: String::new(),
            accepted: Vec::new(),
            number: None,
            answer: String::new(),
            because: because.split_whitespace().collect::<Vec<_>>().join(" "),
            rfc: format!("{rfc}{title}"),
            url: rfc.url(),
        }
    }

    /// Makes the learner choose one of the options, by its letter or its text.
    pub(crate) fn choose(&mut self, options: Vec<String>, right: usize) {
        self.how = "a letter".to_owned();
        self.accepted = vec![letter(right).to_string()];
        if let Some(text) = options.get(right) {
            self.accepted.push(bare(text));
            self.answer = format!("{}) {text}", letter(right));
        }
        self.options = options;
    }
}

/// The letter of an option: `a` for index 0, and `z` at most.
pub(crate) fn letter(index: usize) -> char {
    let index = u8::try_from(index).unwrap_or(25).min(25);
    char::from(b'a' + index)
}

/// The part of an answer that counts: its letters, in lower case, and its digits.
pub(crate) fn bare(text: &str) -> String {
    let counts = text.chars().filter(|it| it.is_alphanumeric());
    counts.flat_map(char::to_lowercase).collect()
}
