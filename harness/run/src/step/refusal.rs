//! Compares the result of a call with the error that a scenario wants.

use std::io;

use super::super::step_error::error_name;
use super::StepError;

/// An error unless a call succeeded, or was refused with the error that the scenario wants.
pub(super) fn as_wanted(
    call: &str,
    result: io::Result<()>,
    wanted: Option<&str>,
) -> Result<(), StepError> {
    match (result, wanted) {
        (Ok(()), None) => Ok(()),
        (Err(error), Some(wanted)) if error_name(&error) == wanted => Ok(()),
        (Err(error), _) => Err(StepError::of_call(call, &error)),
        (Ok(()), Some(wanted)) => Err(StepError::new(format!(
            "{call} succeeded; {wanted} was expected"
        ))),
    }
}
