//! Records calls of the sockets API.

use std::io;

use recording::Event;

use super::super::step_error::{StepError, error_name};
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

pub(super) fn failed(call: &str, error: &io::Error) -> StepError {
    StepError::of_call(call, error)
}
