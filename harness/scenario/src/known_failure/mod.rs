//! Known failures: known deviations of kernels from a scenario.

mod check;
mod form;

pub(crate) use check::check_known_failure;
pub(crate) use form::KnownFailureForm;
