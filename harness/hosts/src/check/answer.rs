use super::clock::ClockDifference;

/// What the far end said of itself.
#[derive(Debug, Default)]
pub(super) struct Answer {
    /// Why there is no sudo, where it is wanted.
    pub(super) sudo: Option<String>,
    /// The path of tcpdump.
    pub(super) tcpdump: Option<String>,
    pub(super) version: Option<String>,
    pub(super) interfaces: Vec<String>,
    /// What is wrong with the filter, if anything is.
    pub(super) filter: Option<String>,
    /// Whether tcpdump began to capture.
    pub(super) listens: bool,
    /// What it said besides.
    pub(super) capture: String,
    pub(super) clock: Option<ClockDifference>,
}

impl Answer {
    /// Takes one line of it. Those of no meaning are the shell's there.
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

/// More interfaces than this help nobody.
const MOST: usize = 64;

/// More words than this, in bytes, help nobody.
const ENOUGH: usize = 4000;

fn add(words: &mut String, line: &str) {
    if words.len() < ENOUGH {
        words.push_str(line);
        words.push('\n');
    }
}
