//! The state of the checker: the network, the endpoints, the names, and the story of the
//! steps so far.

mod association;
mod cleared;
mod field;
mod gained;
mod names;
mod never;
mod notification;
mod path;
mod program;
mod reach;
mod scope;
mod story;
mod timing;
mod world;

pub(crate) use field::{check_field, check_fields, check_fields_and_state, check_where};
pub(crate) use names::{Bearer, Named, Names, Position};
pub(crate) use notification::{NotificationFields, check_pattern};
pub(crate) use scope::Scope;
pub(crate) use story::{Side, Story};
pub(crate) use timing::{Awaited, check_limit, check_within};
pub(crate) use world::{Known, Unreadable, World};
