//! One module a verb.

#[cfg(target_os = "linux")]
pub(crate) mod bisect;
pub(crate) mod bound;
pub(crate) mod capture;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod conformance;
pub(crate) mod copy;
pub(crate) mod diagnose;
pub(crate) mod diff;
pub(crate) mod doctor;
pub(crate) mod explain;
pub(crate) mod extcap;
#[cfg(target_os = "linux")]
pub(crate) mod kernel;
pub(crate) mod list;
pub(crate) mod man;
pub(crate) mod report;
pub(crate) mod rfc;
pub(crate) mod run;
pub(crate) mod schema;
pub(crate) mod serve_box;
pub(crate) mod show;
pub(crate) mod sweep;
pub(crate) mod targets;
pub(crate) mod validate;
