//! Deviations: where a kernel is known to do otherwise.

mod check;
mod form;

pub(crate) use check::check_deviation;
pub(crate) use form::DeviationForm;
