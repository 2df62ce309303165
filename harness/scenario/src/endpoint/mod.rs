//! Endpoints: sockets on nodes, scripted peers, programs.

mod check;
mod crowd;
mod form;
mod program;
mod scripted;
mod timers;

pub(crate) use check::check_endpoints;
pub(crate) use form::EndpointForm;
pub(crate) use timers::{RtoForm, TimersForm, limit};
