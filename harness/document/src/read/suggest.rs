//! Suggestions in messages: the word that the writer may have meant, and lists of the
//! possible words.

use crate::diagnostic::Problems;

/// The candidate that is most similar to `word`, if it is similar enough.
pub fn suggestion<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
    problems: &Problems<'_>,
) -> Option<&'c str> {
    if problems.is_full() {
        return None;
    }
    candidates
        .into_iter()
        .map(|candidate| (strsim::osa_distance(word, candidate), candidate))
        .filter(|(distance, candidate)| 3 * distance <= word.len().max(candidate.len()).max(3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The choices for a message: `a`, `b` or `c`.
pub fn one_of<'c>(names: impl IntoIterator<Item = &'c str>) -> String {
    joined(names, "or")
}

/// A list for a message: `a`, `b` and `c`.
pub fn all_of<'c>(names: impl IntoIterator<Item = &'c str>) -> String {
    joined(names, "and")
}

/// Greatest number of names in a message.
const MOST: usize = 16;

fn joined<'c>(names: impl IntoIterator<Item = &'c str>, word: &str) -> String {
    let quoted: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [] => "none".to_owned(),
        [one] => one.clone(),
        [most @ .., last] if quoted.len() <= MOST => format!("{} {word} {last}", most.join(", ")),
        many => format!("{} and {} more", many[..MOST].join(", "), many.len() - MOST),
    }
}
