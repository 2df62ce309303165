//! Names in kebab-case.

/// The name in lower case. Every run of characters that are neither letters nor digits
/// becomes a dash: `Re-configuration Response` is `re-configuration-response`.
pub(crate) fn kebab(name: &str) -> String {
    let words = name.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    words.join("-").to_ascii_lowercase()
}
