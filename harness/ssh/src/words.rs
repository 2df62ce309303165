//! Words for a shell, and those of other programs.

/// As one word of a shell's.
#[must_use]
pub fn quoted(words: &str) -> String {
    format!("'{}'", words.replace('\'', r"'\''"))
}

/// The last lines of what another program said, behind a colon, for the end of
/// a message, harmless for a terminal; nothing if it said nothing.
#[must_use]
pub fn said(words: &str) -> String {
    const LINES: usize = 8;
    let lines: Vec<_> = words
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.is_empty())
        .map(terminal::escape)
        .collect();
    let last = &lines[lines.len().saturating_sub(LINES)..];
    if last.is_empty() {
        String::new()
    } else {
        format!(":\n  {}", last.join("\n  "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_word_stays_one_whatever_is_in_it() {
        assert_eq!(quoted("a b"), "'a b'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
    }

    #[test]
    fn of_many_words_the_last_are_told() {
        assert_eq!(said(" \n\n"), "");
        assert_eq!(said("one\ntwo \n"), ":\n  one\n  two");
        assert_eq!(said("\x1b]0;title\x07"), ":\n  \\u{1b}]0;title\\u{7}");
        let many: String = (0..20).map(|number| format!("{number}\n")).collect();
        assert_eq!(said(&many).lines().count(), 9);
    }
}
