//! Keeps the end of a program's output, with a limit.

use std::io::{self, Read};

/// Number of bytes that are kept.
const ROOM: usize = 64 << 10;

/// Keeps the end of a stream that does not block.
#[derive(Debug)]
pub struct Tail<R> {
    source: R,
    kept: Vec<u8>,
    ended: bool,
}

impl<R: Read> Tail<R> {
    /// The end of this stream.
    pub fn of(source: R) -> Self {
        Self {
            source,
            kept: Vec::new(),
            ended: false,
        }
    }

    /// The stream.
    pub fn source(&self) -> &R {
        &self.source
    }

    /// Whether the stream has ended.
    pub fn ended(&self) -> bool {
        self.ended
    }

    /// Reads once. A stream with a read error counts as ended.
    pub fn fill(&mut self) {
        let mut chunk = [0; 4096];
        match self.source.read(&mut chunk) {
            Ok(0) => self.ended = true,
            Ok(len) => keep(&mut self.kept, &chunk[..len]),
            Err(error) if waits(&error) => {}
            Err(_) => self.ended = true,
        }
    }

    /// The kept text, with escapes for characters that are unsafe in a terminal.
    pub fn text(&self) -> String {
        let last = &self.kept[self.kept.len().saturating_sub(ROOM)..];
        let text = String::from_utf8_lossy(last).replace('\r', "");
        terminal::escape_lines(&text)
    }
}

/// Appends bytes. Up to twice the needed bytes are kept, so that they are moved rarely.
pub(crate) fn keep(kept: &mut Vec<u8>, bytes: &[u8]) {
    kept.extend_from_slice(bytes);
    if kept.len() > 2 * ROOM {
        kept.drain(..kept.len() - ROOM);
    }
}

fn waits(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::Interrupted | io::ErrorKind::WouldBlock
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_much_the_end_is_kept() {
        let much = [vec![b'x'; 5 * ROOM], b"the\x1b[2J end\r\n".to_vec()].concat();
        let mut tail = Tail::of(much.as_slice());
        while !tail.ended() {
            tail.fill();
            assert!(tail.kept.len() <= 2 * ROOM + 4096);
        }
        let text = tail.text();
        assert!(text.ends_with("the\\u{1b}[2J end\n"));
        assert!(text.len() < ROOM + 10);
    }
}
