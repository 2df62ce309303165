//! Known failures: where a kernel is known to do otherwise.

mod check;
mod form;

pub(crate) use check::check_known_failure;
pub(crate) use form::KnownFailureForm;
