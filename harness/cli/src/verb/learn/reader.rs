//! Reads the learner's input, line by line, from a terminal or a pipe.

use std::io::{self, BufRead, IsTerminal, Read};

use crate::console;

/// Greatest length of an answer.
const LONGEST: u64 = 4096;

pub(super) struct Reader {
    input: io::Stdin,
    /// Whether the input is a terminal, which shows what the learner types.
    is_terminal: bool,
}

impl Reader {
    pub(super) fn new() -> Self {
        let input = io::stdin();
        Self {
            is_terminal: input.is_terminal(),
            input,
        }
    }

    /// The next line without blanks around it; `None` at the end of the input, and where
    /// it cannot be read.
    pub(super) fn line(&mut self, prompt: &str) -> Option<String> {
        console::print(prompt);
        let mut line = Vec::new();
        let mut input = self.input.lock();
        let read = input.by_ref().take(LONGEST).read_until(b'\n', &mut line);
        // The rest of a line that is too long is no answer of its own.
        if line.len() as u64 == LONGEST && !line.ends_with(b"\n") {
            let _ = input.skip_until(b'\n');
        }
        let is_over = read.is_err() || line.is_empty();
        let text = String::from_utf8_lossy(&line).trim().to_owned();
        if !self.is_terminal {
            console::print(&format!("{}\n", terminal::escape(&text)));
        } else if is_over {
            console::print("\n");
        }
        (!is_over).then_some(text)
    }
}
