//! Errors of building and changing a network.

use std::io;

use crate::plan::PlanError;

/// Reason why a network could not be built, changed or examined.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NetError {
    /// The plan is not a valid network.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// This process may not make network namespaces.
    #[error(
        "this process may not make network namespaces: {0}; \
         run it as root, or let it enter a user namespace first"
    )]
    NoNamespace(#[source] io::Error),
    /// This process may not make jails.
    #[error(
        "this process may make no vnet jails: {0}; run it as root, outside jails, \
         on a kernel with VIMAGE, as GENERIC is"
    )]
    NoJail(#[source] io::Error),
    /// The kernel cannot delay, lose or limit frames, since it has no netem.
    #[error(
        "this kernel cannot shape link `{link}`: {source}; \
         it needs the module sch_netem (try `modprobe sch_netem`)"
    )]
    NoShaping {
        /// The first link with a shape.
        link: String,
        /// The error of the kernel.
        source: io::Error,
    },
    /// The kernel refused another request.
    #[error("cannot {doing}: {source}")]
    Kernel {
        /// The request, as in "cannot …".
        doing: String,
        /// The error of the kernel.
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
    /// The link cannot get this MTU.
    #[error("link `{link}` cannot have an mtu of {mtu}: give {least} to {most}")]
    Mtu {
        /// The link.
        link: String,
        /// The MTU that was asked for.
        mtu: u32,
        /// The least MTU that its addresses allow.
        least: u32,
        /// The MTU that it was planned with: the record has no room for longer frames.
        most: u32,
    },
    /// A kernel setting that does not belong to a network namespace.
    #[error("`{0}` is not a setting of a node: those begin with `net.`")]
    NotOfANode(String),
    /// The rule is not in the table, or no longer.
    #[error("there is no such rule in the table")]
    UnknownRule,
}

impl NetError {
    /// For `map_err`: the kernel refused the action `doing`.
    pub(crate) fn kernel(doing: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let doing = doing.into();
        move |source| Self::Kernel { doing, source }
    }
}
