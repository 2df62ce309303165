//! What can go wrong with a network.

use std::io;

use crate::plan::PlanError;

/// Why a network could not be built, changed or looked into.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NetError {
    /// The plan makes no network.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// The kernel gives this process no namespaces of its own.
    #[error(
        "this process may not make network namespaces: {0}; \
         run it as root, or let it enter a user namespace first"
    )]
    NoNamespace(#[source] io::Error),
    /// The kernel gives this process no jails of its own.
    #[error(
        "this process may make no vnet jails: {0}; run it as root, outside jails, \
         on a kernel with VIMAGE, as GENERIC is"
    )]
    NoJail(#[source] io::Error),
    /// The kernel cannot delay, lose or limit frames.
    #[error(
        "this kernel cannot shape link `{link}`: {source}; \
         it needs the module sch_netem (try `modprobe sch_netem`)"
    )]
    NoShaping {
        /// The first link that wants it.
        link: String,
        /// What the kernel said.
        source: io::Error,
    },
    /// The kernel refused something else.
    #[error("cannot {doing}: {source}")]
    Kernel {
        /// What was tried, as in "cannot …".
        doing: String,
        /// What the kernel said.
        source: io::Error,
    },
    /// No node has this name.
    #[error("the network has no node `{0}`")]
    UnknownNode(String),
    /// No link has this name.
    #[error("the network has no link `{0}`")]
    UnknownLink(String),
    /// The link does not end at this node.
    #[error("link `{link}` has no end at node `{node}`")]
    NotAnEnd {
        /// The link.
        link: String,
        /// The node.
        node: String,
    },
    /// A kernel setting that no namespace has for itself.
    #[error("`{0}` is not a setting of a node: those begin with `net.`")]
    NotOfANode(String),
    /// The rule is not, or no longer, in the table.
    #[error("there is no such rule in the table")]
    UnknownRule,
}

impl NetError {
    /// For `map_err`: the kernel refused what `doing` says.
    pub(crate) fn kernel(doing: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let doing = doing.into();
        move |source| Self::Kernel { doing, source }
    }
}
