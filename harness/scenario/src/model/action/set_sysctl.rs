use std::fmt;

use super::super::{NodeName, Sysctl};

/// Changes kernel settings of a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetSysctl {
    /// The node.
    pub node: NodeName,
    /// The settings, in order.
    pub sysctls: Vec<Sysctl>,
}

impl fmt::Display for SetSysctl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "set-sysctl {}", self.node)?;
        self.sysctls
            .iter()
            .try_for_each(|Sysctl { name, value }| write!(f, " {name}={value}"))
    }
}
