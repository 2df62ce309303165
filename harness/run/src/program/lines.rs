//! The output of a program, line by line.

use std::io;
use std::os::fd::OwnedFd;

use recording::Output;
use tokio::net::unix::pipe::Receiver;

/// The longest line in bytes that is kept whole; a longer line comes in pieces.
const LONGEST: usize = 4096;

/// The lines that a program writes into one of its streams.
pub(super) struct Lines {
    stream: Output,
    /// `None` once every writing end of the pipe is closed, or reading failed.
    pipe: Option<Receiver>,
    unfinished: Vec<u8>,
}

impl Lines {
    pub(super) fn of(stream: Output, pipe: impl Into<OwnedFd>) -> io::Result<Self> {
        Ok(Self {
            stream,
            pipe: Some(Receiver::from_owned_fd(pipe.into())?),
            unfinished: Vec::new(),
        })
    }

    pub(super) fn is_open(&self) -> bool {
        self.pipe.is_some()
    }

    /// Returns when there are bytes to take, or the pipe is at its end.
    pub(super) async fn readable(&self) {
        match &self.pipe {
            // An error here shows again in the read that follows, and closes the pipe
            // there.
            Some(pipe) => drop(pipe.readable().await),
            None => std::future::pending().await,
        }
    }

    /// Takes all bytes that are in the pipe now, and shows each whole line; at the end of
    /// the pipe also the rest.
    pub(super) fn take(&mut self, show: &mut dyn FnMut(Output, String)) {
        let mut buffer = [0; LONGEST];
        while let Some(pipe) = &self.pipe {
            match pipe.try_read(&mut buffer) {
                Ok(0) => self.pipe = None,
                Ok(count) => self.put(&buffer[..count], show),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => self.pipe = None,
            }
        }
        self.finish(show);
    }

    /// Shows the bytes that no newline has ended.
    pub(super) fn finish(&mut self, show: &mut dyn FnMut(Output, String)) {
        if !self.unfinished.is_empty() {
            let line = std::mem::take(&mut self.unfinished);
            show(self.stream, printable(&line));
        }
    }

    fn put(&mut self, bytes: &[u8], show: &mut dyn FnMut(Output, String)) {
        for &byte in bytes {
            match byte {
                b'\n' => {
                    show(self.stream, printable(&self.unfinished));
                    self.unfinished.clear();
                }
                byte => self.unfinished.push(byte),
            }
            if self.unfinished.len() == LONGEST {
                self.finish(show);
            }
        }
    }
}

/// A line that is safe to show in a terminal: bytes that are no UTF-8, and control
/// characters, are replaced.
fn printable(line: &[u8]) -> String {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let text = String::from_utf8_lossy(line);
    let shown = text.chars().map(|c| match c {
        '\t' => ' ',
        c if c.is_control() => char::REPLACEMENT_CHARACTER,
        c => c,
    });
    shown.collect()
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    /// The lines shown of these pieces, each taken before the next is written.
    fn shown(pieces: &[&[u8]]) -> Vec<String> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .build()
            .unwrap();
        let _entered = runtime.enter();
        let (reader, mut writer) = io::pipe().unwrap();
        let mut lines = Lines::of(Output::Stdout, reader).unwrap();
        let mut all = Vec::new();
        for piece in pieces {
            writer.write_all(piece).unwrap();
            runtime.block_on(lines.readable());
            lines.take(&mut |_, line| all.push(line));
        }
        drop(writer);
        runtime.block_on(lines.readable());
        lines.take(&mut |_, line| all.push(line));
        assert!(!lines.is_open());
        all
    }

    #[test]
    fn a_line_is_shown_when_it_is_whole_or_the_last() {
        let lines = shown(&[b"one\ntw", b"o\r\n\n", b"three"]);
        assert_eq!(lines, ["one", "two", "", "three"]);
    }

    #[test]
    fn a_line_that_is_too_long_comes_in_pieces() {
        let lines = shown(&[&[b'x'; LONGEST], b"y\n"]);
        assert_eq!(lines, ["x".repeat(LONGEST), "y".to_owned()]);
    }

    #[test]
    fn what_is_no_text_is_replaced() {
        assert_eq!(
            shown(&[b"\x1b[31mred\ta\xff\n"]),
            ["\u{fffd}[31mred a\u{fffd}"]
        );
    }
}
