//! The assertion `path-changes`: how often a node's new data moved to another path.

use std::fmt;
use std::net::IpAddr;

use super::form::assertion;
use super::{AssertionForm, Check, Count, Window};
use crate::check::Scope;
use crate::model::NodeName;
use crate::value::{Address, Reference};

/// Number of times at which a node's new data moved from one destination address to
/// another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathChanges {
    /// The node that sends; `None` is any.
    pub from: Option<NodeName>,
    /// The destination that the data left; `None` is any.
    pub old: Option<IpAddr>,
    /// The destination that the data moved to; `None` is any.
    pub new: Option<IpAddr>,
    /// Part of the run.
    pub window: Window,
    /// Wanted number.
    pub count: Count,
}

impl fmt::Display for PathChanges {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} × new data", self.count)?;
        if let Some(node) = &self.from {
            write!(f, " of {node}")?;
        }
        match (self.old, self.new) {
            (None, None) => f.write_str(" moves to another path")?,
            (old, new) => {
                f.write_str(" moves")?;
                if let Some(old) = old {
                    write!(f, " from {old}")?;
                }
                if let Some(new) = new {
                    write!(f, " to {new}")?;
                }
            }
        }
        self.window.fmt(f)
    }
}

assertion! {
    /// The new data of an association moved this many times from one destination address
    /// of the peer to another. Retransmissions do not count: a retransmission may use
    /// another path while the new data stay (RFC 9260 section 6.4).
    struct PathChangesForm = "{from: client, old: 10.0.1.2, new: 10.0.2.2, exactly: 1}" {
        required {}
        optional {
            /// The node that sends; any if left out.
            from: Reference,
            /// The destination that the data leave; any if left out.
            old: Address,
            /// The destination that the data move to; any if left out.
            new: Address,
        }
    }
    shares {window, count}
}

impl AssertionForm for PathChangesForm {
    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Check> {
        let from = scope.optional(&self.from, |scope, node| scope.end_of(None, node));
        let old = self.old.check(|address| Some(address.value.0));
        let new = self.new.check(|address| Some(address.value.0));
        let window = self.window(scope);
        let count = self.count(scope);
        let (old, new) = (old?, new?);
        if old.is_some() && old == new {
            scope
                .problems
                .add(
                    self.new.span()?,
                    "`old` and `new` must differ",
                    "the same as `old`",
                )
                .help("name two addresses of the peer, or leave one out");
            return None;
        }
        Some(Check::PathChanges(PathChanges {
            from: from?,
            old,
            new,
            window: window?,
            count: count?,
        }))
    }
}
