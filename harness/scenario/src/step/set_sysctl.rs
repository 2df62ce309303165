//! The step `set-sysctl`: kernel settings of a node change.

use std::fmt;

use super::{Action, StepForm};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::{NodeName, Sysctl};
use crate::network::SysctlsForm;
use crate::read::record;
use crate::value::{Name, Reference};

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

record! {
    /// Changes kernel settings of a node. Most settings only affect later associations. A
    /// setting that only affects later endpoints belongs into the node's `sysctl`.
    struct SetSysctlForm = "{node: client, sysctl: {net.sctp.pf_expose: 2}}" {
        required {
            /// The node.
            node: Reference,
            /// The settings.
            sysctl: SysctlsForm,
        }
        optional {
            /// A name for this step.
            r#as: Name,
        }
    }
}

impl StepForm for SetSysctlForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let node = self.node.spanned().and_then(|node| scope.kernel(node));
        let sysctls = self.sysctl.get().and_then(SysctlsForm::all);
        Some(Action::SetSysctl(SetSysctl {
            node: node?,
            sysctls: sysctls?,
        }))
    }
}
