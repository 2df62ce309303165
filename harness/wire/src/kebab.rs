//! Names as they are written in scenarios.

/// A name in lower case, with one dash in the place of whatever is neither
/// letter nor digit: `Re-configuration Response` is `re-configuration-response`.
pub(crate) fn kebab(name: &str) -> String {
    let words = name.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    words.join("-").to_ascii_lowercase()
}
