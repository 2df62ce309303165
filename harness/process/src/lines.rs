//! Reads lines of a program's output, limited in length and escaped.

use std::io::{BufRead, BufReader, Read};

/// Greatest length of a line; the rest is left out.
const LONGEST: usize = 1000;

/// Iterates over the lines until the stream ends or fails, with escapes for characters
/// that are unsafe in a terminal.
pub struct Lines<R>(BufReader<R>);

impl<R: Read> Lines<R> {
    /// The lines of this stream.
    pub fn of(stream: R) -> Self {
        Self(BufReader::new(stream))
    }
}

impl<R: Read> Iterator for Lines<R> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        let mut line = Vec::new();
        let mut has_begun = false;
        loop {
            let read = match self.0.fill_buf() {
                Ok([]) => break,
                Ok(read) => read,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(_) => break,
            };
            has_begun = true;
            let end = read.iter().position(|byte| *byte == b'\n');
            let piece = &read[..end.unwrap_or(read.len())];
            let room = LONGEST - line.len();
            line.extend_from_slice(&piece[..piece.len().min(room)]);
            let taken = end.map_or(read.len(), |at| at + 1);
            self.0.consume(taken);
            if end.is_some() {
                break;
            }
        }
        let text = String::from_utf8_lossy(&line);
        has_begun.then(|| terminal::escape(text.trim_end()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cut_short_and_show_what_no_terminal_should_see() {
        let mut text = b"one\r\n\n\x1b[2Jtwo\n".to_vec();
        text.extend([b'x'; 5000]);
        text.extend(b"\nla\xffst");
        let lines: Vec<String> = Lines::of(&text[..]).collect();
        assert_eq!(lines[..3], ["one", "", r"\u{1b}[2Jtwo"]);
        assert_eq!(lines[3].len(), LONGEST);
        assert_eq!(lines[4..], ["la\u{fffd}st"]);
    }
}
