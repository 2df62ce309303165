//! Lines from a file descriptor that is read only when it is readable.

use std::io::{self, Read};

/// Greatest number of bytes of a line; the rest is left out. QEMU's longest lines have
/// some thousand bytes.
const LONGEST: usize = 1 << 20;

/// Collects bytes until they form lines.
#[derive(Debug)]
pub(super) struct Lines<R> {
    source: R,
    pending: Vec<u8>,
    ended: bool,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(source: R) -> Self {
        Self {
            source,
            pending: Vec::new(),
            ended: false,
        }
    }

    pub(super) fn source(&self) -> &R {
        &self.source
    }

    pub(super) fn source_mut(&mut self) -> &mut R {
        &mut self.source
    }

    /// Whether the other side is gone and everything from it was read. Whole lines may
    /// still wait for [`Self::next_line`].
    pub(super) fn ended(&self) -> bool {
        self.ended
    }

    /// Reads once. To be called when the source is known to be readable.
    pub(super) fn fill(&mut self) -> io::Result<()> {
        let mut chunk = [0; 4096];
        match self.source.read(&mut chunk) {
            Ok(0) => self.ended = true,
            Ok(len) => self.pending.extend_from_slice(&chunk[..len]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            // The other side was killed before it had read everything from this side.
            Err(error) if error.kind() == io::ErrorKind::ConnectionReset => self.ended = true,
            Err(error) => return Err(error),
        }
        if self.pending.len() > LONGEST && !self.pending.contains(&b'\n') {
            self.pending.truncate(LONGEST);
        }
        Ok(())
    }

    /// The next whole line, without its line end.
    pub(super) fn next_line(&mut self) -> Option<String> {
        let end = self.pending.iter().position(|byte| *byte == b'\n')?;
        let line: Vec<u8> = self.pending.drain(..=end).collect();
        Some(String::from_utf8_lossy(&line).trim_end().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_handed_out_when_its_end_has_come() {
        let parts: [&[u8]; 2] = [b"one\r\ntw", b"o\nrest"];
        let mut lines = Lines::new(parts[0].chain(parts[1]));
        lines.fill().unwrap();
        assert_eq!(lines.next_line().as_deref(), Some("one"));
        assert_eq!(lines.next_line(), None);
        lines.fill().unwrap();
        assert_eq!(lines.next_line().as_deref(), Some("two"));
        assert_eq!(lines.next_line(), None);
        lines.fill().unwrap();
        assert!(lines.ended());
    }
}
