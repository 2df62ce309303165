//! Quotes arguments for a shell, and shortens messages of other programs.

/// Quotes the text as one word for a shell.
#[must_use]
pub fn quoted(words: &str) -> String {
    format!("'{}'", words.replace('\'', r"'\''"))
}

/// The last lines of another program's message after a colon, for the end of an error
/// message, escaped for a terminal; empty if there is no message.
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
