//! Typed values of a target, each with its own error messages.

mod filter;
mod host;
mod interface;
mod key;
mod port;
mod user;

pub(crate) use filter::Filter;
pub(crate) use host::HostName;
pub(crate) use interface::InterfaceName;
pub(crate) use key::KeyFile;
pub(crate) use port::Port;
pub(crate) use user::User;
