//! The answer of a far end to a check.

use super::clock::ClockDifference;

/// What a far end says of itself.
#[derive(Debug, Default)]
pub(super) struct Answer {
    /// Why sudo does not work, where the target wants it.
    pub(super) sudo: Option<String>,
    /// The path of tcpdump.
    pub(super) tcpdump: Option<String>,
    pub(super) version: Option<String>,
    pub(super) interfaces: Vec<String>,
    /// The error in the filter, if any.
    pub(super) filter: Option<String>,
    /// Whether tcpdump began to capture.
    pub(super) listens: bool,
    /// The further output of tcpdump.
    pub(super) capture: String,
    pub(super) clock: Option<ClockDifference>,
}

impl Answer {
    /// Takes a line of the answer. Other lines come from the shell there, and are dropped.
    pub(super) fn take(&mut self, line: &str) {
        let (what, words) = line.split_once(' ').unwrap_or((line, ""));
        match what {
            "sudo" => add(self.sudo.get_or_insert_default(), words),
            "tcpdump" => self.tcpdump = Some(words.to_owned()),
            "version" => self.version = Some(words.to_owned()),
            "interface" if self.interfaces.len() < MOST => self.interfaces.push(words.to_owned()),
            "filter" => add(self.filter.get_or_insert_default(), words),
            "listening" => self.listens = true,
            "capture" => add(&mut self.capture, words),
            _ => {}
        }
    }
}

/// The most interfaces that are kept.
const MOST: usize = 64;

/// The most bytes of an error that are kept, but for its last line.
const ENOUGH: usize = 4000;

fn add(words: &mut String, line: &str) {
    if words.len() < ENOUGH {
        words.push_str(line);
        words.push('\n');
    }
}
