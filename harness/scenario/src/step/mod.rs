//! The kinds of step: one module each, and a line in the [table](kinds).

mod abort;
mod call;
mod close;
mod connect;
mod cut;
mod expect;
mod heartbeat;
mod kill;
mod kinds;
mod link_down;
mod link_up;
mod open;
mod pattern;
mod pause_reading;
mod peeloff;
mod remove_rule;
mod restore;
mod resume_reading;
mod rule;
mod send;
mod send_attributes;
mod sequence;
mod set;
mod set_peer_primary;
mod set_primary;
mod set_sysctl;
mod shutdown;
mod stop;
mod traffic;
mod wait;

pub(crate) use kinds::{StepForm, StepKinds};
pub(crate) use pattern::{Looked, check_pattern};
pub(crate) use sequence::{check_steps, name_steps};
