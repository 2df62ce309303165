//! The forms and checks of nodes and links.

mod link;
mod link_check;
mod node;
mod shape;
mod sysctl;

pub(crate) use link::LinkForm;
pub(crate) use link_check::{check_links, least_mtu};
pub(crate) use node::{NodeForm, check_nodes, check_route, check_routes};
pub(crate) use sysctl::SysctlsForm;
