use crate::diagnostic::Problems;

/// The candidate that `word` was most likely meant to be.
pub(crate) fn suggestion<'c>(
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

/// `a`, `b` or `c`: names for a message, at most twelve of them.
pub(crate) fn all_of<'c>(names: impl IntoIterator<Item = &'c str>) -> String {
    let quoted: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [] => "none".to_owned(),
        [one] => one.clone(),
        [most @ .., last] if most.len() < 12 => format!("{} or {last}", most.join(", ")),
        many => format!("{} and {} more", many[..11].join(", "), many.len() - 11),
    }
}
