//! Endpoints: sockets on nodes.

mod check;
mod crowd;
mod form;
mod scripted;
mod timers;

pub(crate) use check::check_endpoints;
pub(crate) use form::EndpointForm;
pub(crate) use timers::limit;
