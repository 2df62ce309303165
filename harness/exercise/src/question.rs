//! Questions, and the marking of answers.

use scenario::RfcSection;
use serde::{Deserialize, Serialize};

/// A question that is answered in a word.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// The kind of exercise, as scenarios write it.
    pub kind: String,
    /// What is asked.
    pub prompt: String,
    /// The ladders that it is asked of.
    pub pictures: Vec<Picture>,
    /// What can be chosen from, by letters from `a` on; empty if nothing can.
    pub options: Vec<String>,
    /// How an answer is written.
    pub how: String,
    /// The answers that are right, as [`Question::is_right`] compares them.
    pub accepted: Vec<String>,
    /// The number that is right, where a number is asked for.
    pub number: Option<Number>,
    /// The right answer, for people.
    pub answer: String,
    /// Why it is so.
    pub because: String,
    /// The section that says so, with its title.
    pub rfc: String,
    /// Where that is to be read.
    pub url: String,
}

/// A ladder, or what is left of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// What it is called; empty if it is the only one.
    pub title: String,
    /// Its rows.
    pub rows: Vec<String>,
}

/// A number, and how far off an answer may be.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Number {
    /// The number.
    pub value: f64,
    /// What may be between it and an answer.
    pub within: f64,
}

impl Question {
    /// Whether an answer is right. Case, blanks and punctuation do not count.
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

    /// A question of which prompt, ladder and answers are still to come.
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

    /// Lets one of the options be chosen, by its letter or by itself.
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

/// `a` for the first one.
pub(crate) fn letter(index: usize) -> char {
    let index = u8::try_from(index).unwrap_or(25).min(25);
    char::from(b'a' + index)
}

/// What counts of an answer: letters, small, and digits.
pub(crate) fn bare(text: &str) -> String {
    let counts = text.chars().filter(|it| it.is_alphanumeric());
    counts.flat_map(char::to_lowercase).collect()
}
