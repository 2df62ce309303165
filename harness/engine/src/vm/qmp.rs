//! QMP, QEMU's machine protocol: each line is a JSON object, an answer or an event.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::os::unix::net::UnixStream;

use serde_json::{Value, json};

use super::lines::Lines;

/// Greatest number of events that are kept: far more than QEMU sends before an answer.
const MOST_EVENTS: usize = 1000;

/// The lab's end of the protocol.
#[derive(Debug)]
pub(super) struct Qmp {
    lines: Lines<UnixStream>,
    events: VecDeque<Value>,
}

/// QEMU's answer to a command.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Done,
    Refused(String),
    /// QEMU ended instead of answering.
    Gone,
}

impl Qmp {
    pub(super) fn new(stream: UnixStream) -> Self {
        Self {
            lines: Lines::new(stream),
            events: VecDeque::new(),
        }
    }

    pub(super) fn source(&self) -> &UnixStream {
        self.lines.source()
    }

    pub(super) fn ended(&self) -> bool {
        self.lines.ended()
    }

    pub(super) fn fill(&mut self) -> io::Result<()> {
        self.lines.fill()
    }

    pub(super) fn next_event(&mut self) -> Option<Value> {
        if let Some(event) = self.events.pop_front() {
            return Some(event);
        }
        while let Some(line) = self.lines.next_line() {
            if let Some(event) = parse(&line).filter(|message| message["event"].is_string()) {
                return Some(event);
            }
        }
        None
    }

    /// Sends a command. If QEMU is gone, the answer will be [`Answer::Gone`].
    pub(super) fn ask(&mut self, command: &str, arguments: Value) -> io::Result<()> {
        let mut request = json!({"execute": command, "arguments": arguments}).to_string();
        request.push('\n');
        match self.lines.source_mut().write_all(request.as_bytes()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            written => written,
        }
    }

    /// The answer to the last command, if it has come. Events that came before the answer
    /// are kept for [`Self::next_event`].
    pub(super) fn answer(&mut self) -> Option<Answer> {
        while let Some(line) = self.lines.next_line() {
            let Some(message) = parse(&line) else {
                continue;
            };
            if message.get("return").is_some() {
                return Some(Answer::Done);
            }
            if let Some(error) = message.get("error") {
                let reason = error["desc"].as_str().unwrap_or("no reason given");
                return Some(Answer::Refused(reason.to_owned()));
            }
            if message["event"].is_string() && self.events.len() < MOST_EVENTS {
                self.events.push_back(message);
            }
        }
        self.lines.ended().then_some(Answer::Gone)
    }
}

fn parse(line: &str) -> Option<Value> {
    serde_json::from_str(line).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufRead, BufReader};

    #[test]
    fn events_before_an_answer_are_kept() {
        let (ours, mut theirs) = UnixStream::pair().unwrap();
        let mut qmp = Qmp::new(ours);
        writeln!(theirs, "{}", json!({"QMP": {}})).unwrap();
        writeln!(theirs, "{}", json!({"event": "STOP"})).unwrap();
        writeln!(theirs, "{}", json!({"return": {}})).unwrap();
        writeln!(theirs, "{}", json!({"error": {"desc": "no"}})).unwrap();
        qmp.ask("one", json!({})).unwrap();
        assert_eq!(qmp.answer(), None);
        qmp.fill().unwrap();
        assert_eq!(qmp.answer(), Some(Answer::Done));
        assert_eq!(qmp.answer(), Some(Answer::Refused("no".into())));
        assert_eq!(qmp.answer(), None);
        assert_eq!(qmp.next_event().unwrap()["event"], "STOP");
        let mut request = String::new();
        BufReader::new(&theirs).read_line(&mut request).unwrap();
        let request: Value = serde_json::from_str(&request).unwrap();
        assert_eq!(request["execute"], "one");
        drop(theirs);
        qmp.ask("three", json!({})).unwrap();
        qmp.fill().unwrap();
        assert_eq!(qmp.answer(), Some(Answer::Gone));
    }
}
