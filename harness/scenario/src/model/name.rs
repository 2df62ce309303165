//! The names of nodes, links, endpoints and steps, each with a type of its own.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

macro_rules! name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The name that a scenario declares or uses.
            #[must_use]
            pub fn new(name: &str) -> Self {
                Self(name.into())
            }

            /// The name as written in the scenario.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

name!(
    /// The name of a [`Node`](super::Node).
    NodeName
);
name!(
    /// The name of a [`Link`](super::Link).
    LinkName
);
name!(
    /// The name of an [`Endpoint`](super::Endpoint).
    EndpointName
);
name!(
    /// The name of a [`Step`](super::Step) or of an [`Assertion`](super::Assertion).
    /// These names must all differ, since a sabotage may name either as the one that must
    /// fail.
    StepName
);
