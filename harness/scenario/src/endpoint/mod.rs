//! Endpoints: sockets on nodes, scripted peers, programs.

mod check;
mod form;
mod program;
mod role_and_buffer;
mod scripted;

pub(crate) use check::check_endpoints;
pub(crate) use form::EndpointForm;
