//! Text that is safe to show in a terminal and has a known width there.
//!
//! Text from a scenario, a capture, another machine, a guest, QEMU or ssh may have
//! characters that move the cursor, rename the window or reverse the direction of the
//! text. The lab prints such text only through [`escape`], [`escape_lines`] or
//! [`escape_json`].

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Escapes text from outside for a terminal: characters that move the cursor, reverse the
/// direction of the text or take no space. Each remaining character takes one or two
/// columns.
#[must_use]
pub fn escape(text: &str) -> String {
    escape_but(text, |_| false)
}

/// As [`escape`], but for a text of several lines: line feeds and tabs are kept.
#[must_use]
pub fn escape_lines(text: &str) -> String {
    escape_but(text, |character| matches!(character, '\n' | '\t'))
}

/// As [`escape_lines`], but for JSON: an escape `\uXXXX` does not change the meaning of a
/// string (RFC 8259, section 7).
#[must_use]
pub fn escape_json(json: &str) -> String {
    let mut shown = String::with_capacity(json.len());
    for character in json.chars() {
        if is_harmless(character) || matches!(character, '\n' | '\t') {
            shown.push(character);
            continue;
        }
        for unit in character.encode_utf16(&mut [0; 2]) {
            shown.push_str(&format!("\\u{unit:04x}"));
        }
    }
    shown
}

fn escape_but(text: &str, keep: impl Fn(char) -> bool) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_harmless(character) || keep(character) {
            shown.push(character);
        } else {
            shown.extend(character.escape_default());
        }
    }
    shown
}

/// Whether a character is shown as it is. The bidirectional controls and combining marks are
/// not: their width is 0.
fn is_harmless(character: char) -> bool {
    character.width().is_some_and(|width| width > 0)
        && !matches!(character, '\u{ad}' | '\u{2028}' | '\u{2029}')
}

/// Number of columns of a text.
#[must_use]
pub fn columns(text: &str) -> usize {
    text.width()
}

/// Cuts a text to at most this number of columns, marked by `…`.
#[must_use]
pub fn cut(text: &str, room: usize) -> String {
    if columns(text) <= room {
        return text.to_owned();
    }
    let mut shown = String::new();
    let mut left = room.saturating_sub(1);
    for character in text.chars() {
        let width = character.width().unwrap_or(0);
        if width > left {
            break;
        }
        left -= width;
        shown.push(character);
    }
    if room > 0 {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_fool_a_terminal_is_escaped() {
        for (hostile, shown) in [
            ("\x1b[31mred", r"\u{1b}[31mred"),
            ("a\r\nb\t\0", r"a\r\nb\t\u{0}"),
            ("\u{202e}evil", r"\u{202e}evil"),
            ("\u{9b}2J\u{7f}", r"\u{9b}2J\u{7f}"),
            ("zero\u{200b}width", r"zero\u{200b}width"),
            ("Zürich 東京", "Zürich 東京"),
        ] {
            assert_eq!(escape(hostile), shown);
        }
    }

    #[test]
    fn lines_stay_lines() {
        assert_eq!(
            escape_lines("one\n\ttwo\r\n\x1b[2Jthree\u{2066}"),
            "one\n\ttwo\\r\n\\u{1b}[2Jthree\\u{2066}"
        );
    }

    #[test]
    fn json_stays_the_same_json() {
        assert_eq!(
            escape_json("[\"\u{202e}\u{9b}2J\u{7f} \u{e0041} Zürich 東京\"]\n"),
            "[\"\\u202e\\u009b2J\\u007f \\udb40\\udc41 Zürich 東京\"]\n"
        );
    }

    #[test]
    fn text_is_cut_by_columns() {
        assert_eq!(cut("DATA tsn+3", 10), "DATA tsn+3");
        assert_eq!(cut("DATA tsn+3", 6), "DATA …");
        assert_eq!(cut("東京都", 4), "東…");
        assert_eq!(cut("abc", 1), "…");
        assert_eq!(cut("abc", 0), "");
    }
}
