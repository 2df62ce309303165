//! Records calls of the sockets API.

use std::io;

use recording::Event;

use super::super::step::StepError;
use super::Endpoint;

impl Endpoint {
    pub(super) fn note_call(
        &self,
        call: &str,
        arguments: impl Into<String>,
        result: Result<impl ToString, &io::Error>,
    ) {
        self.journal.note(Event::Call {
            endpoint: self.name(),
            call: call.to_owned(),
            arguments: arguments.into(),
            result: result.map(|it| it.to_string()).map_err(error_name),
        });
    }
}

/// The name of an error as in the manual (`ECONNREFUSED`); its text where it has no number.
pub(crate) fn error_name(error: &io::Error) -> String {
    match error.raw_os_error() {
        Some(number) => format!("{:?}", nix::errno::Errno::from_raw(number)),
        None => error.to_string(),
    }
}

pub(super) fn failed(call: &str, error: &io::Error) -> StepError {
    StepError::of_call(call, error)
}
