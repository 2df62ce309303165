//! Words for a step on a link, at one of the link's ends or at both.

use std::fmt;

use super::{LinkName, NodeName};

pub(crate) fn link_step_words(
    f: &mut fmt::Formatter<'_>,
    verb: &str,
    link: &LinkName,
    node: Option<&NodeName>,
) -> fmt::Result {
    match node {
        Some(node) => write!(f, "{verb} {link} at {node}"),
        None => write!(f, "{verb} {link}"),
    }
}
