//! Values that are written as one piece of text, each with its own words for
//! what is wrong.

mod address;
mod boolean;
mod bound;
mod capability;
mod chunk;
mod duration;
mod error_name;
mod field;
mod name;
mod notification;
mod nth;
mod number;
mod percent;
mod port;
mod ppid;
mod quantity;
mod rate;
mod rfc;
mod role;
mod size;
mod state;
mod style;
mod text;

pub(crate) use address::{Address, Network, Prefixed};
pub(crate) use boolean::Boolean;
pub(crate) use bound::Soon;
pub(crate) use chunk::ChunkType;
pub(crate) use duration::{Time, spelled};
pub(crate) use error_name::ErrorName;
pub(crate) use field::{Wanted, WantedValue, Where};
pub(crate) use name::{Name, Reference};
pub(crate) use notification::Subscription;
pub(crate) use nth::NthForm;
pub(crate) use number::{Number, Small, Wide};
pub(crate) use percent::Percent;
pub(crate) use port::Port;
pub(crate) use ppid::Ppid;
pub(crate) use rate::Rate;
pub(crate) use rfc::RfcForm;
pub(crate) use role::RoleForm;
pub(crate) use size::Size;
pub(crate) use state::{State, states_of};
pub(crate) use text::Text;
