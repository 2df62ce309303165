//! Endpoints: sockets on nodes, scripted peers, programs.

mod check;
mod crowd;
mod form;
mod program;
mod scripted;

pub(crate) use check::check_endpoints;
pub(crate) use form::EndpointForm;
