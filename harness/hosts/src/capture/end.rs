//! The ends of capturers, and their reasons.

use pcapng::ReadError;
use ssh::{Ssh, said};

use super::counts::Counts;
use super::event::Event;
use crate::lack::Lack;
use crate::target::Target;

/// What is known when one has ended.
#[derive(Debug)]
pub(super) struct End {
    pub(super) exit_code: Option<i32>,
    /// The last that it said.
    pub(super) words: String,
    pub(super) counts: Option<Counts>,
    /// What was wrong with what it sent.
    pub(super) fault: Option<ReadError>,
}

impl End {
    /// Why it did not start.
    pub(super) fn lack(&self, target: &Target) -> Lack {
        if Ssh::is_own_failure(self.exit_code) {
            return Lack::of_ssh(target, target.ssh().failure(&self.words));
        }
        if let (None | Some(0), Some(fault)) = (self.exit_code, &self.fault) {
            // Such as a shell that greets.
            let words = format!("what it sends is no capture: {fault}\n{}", self.words);
            return Lack::Capturing { words };
        }
        Lack::of_words(target, self.exit_code, &self.words)
    }

    /// What is to be told of it, given whether it was asked to end.
    pub(super) fn event(self, target: &Target, was_asked: bool) -> Event {
        let name = target.name.clone();
        let counts = self.counts;
        match self.exit_code {
            Some(0) if was_asked && self.fault.is_none() => Event::Ended { name, counts },
            _ => Event::Died {
                words: self.how(target),
                name,
                counts,
            },
        }
    }

    fn how(&self, target: &Target) -> String {
        /// A shell adds the number of the signal to this.
        const SIGNALLED: i32 = 128;
        let how = match (self.exit_code, &self.fault) {
            (code, _) if Ssh::is_own_failure(code) => {
                return target.ssh().failure(&self.words).to_string();
            }
            (Some(0), None) => "it has ended".to_owned(),
            (Some(0) | None, Some(fault)) => format!("what it sends is no capture: {fault}"),
            (Some(code), _) if code > SIGNALLED => {
                format!("it was ended by signal {}", code - SIGNALLED)
            }
            (Some(code), _) => format!("it ended with exit code {code}"),
            (None, None) => "its ssh was ended".to_owned(),
        };
        how + &said(&self.words)
    }
}
