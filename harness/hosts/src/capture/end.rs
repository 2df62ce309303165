//! The ends of capturers, and their reasons.

use pcapng::ReadError;
use ssh::{Ssh, said};

use super::counts::Counts;
use super::event::Event;
use crate::lack::Lack;
use crate::target::Target;

/// The end of a capturer, and what the capturer said by then.
#[derive(Debug)]
pub(super) struct End {
    pub(super) exit_code: Option<i32>,
    /// The last lines of its standard error.
    pub(super) words: String,
    pub(super) counts: Option<Counts>,
    /// The error in its capture stream, if any.
    pub(super) fault: Option<ReadError>,
}

impl End {
    /// Why the capturer did not start.
    pub(super) fn lack(&self, target: &Target) -> Lack {
        if Ssh::is_own_failure(self.exit_code) {
            return Lack::of_ssh(target, target.ssh().failure(&self.words));
        }
        if let (None | Some(0), Some(fault)) = (self.exit_code, &self.fault) {
            // For example, the shell there prints a greeting.
            let words = format!("what it sends is no capture: {fault}\n{}", self.words);
            return Lack::Capturing { words };
        }
        Lack::of_words(target, self.exit_code, &self.words)
    }

    /// The event to report, which depends on whether the capturer was asked to end.
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
        /// The exit code of a shell for a command that a signal ended is this plus the
        /// signal's number.
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
